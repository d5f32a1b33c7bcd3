-- Search rankings, then the automation engine.

CREATE TABLE seo_keywords (
    id INT AUTO_INCREMENT PRIMARY KEY,
    website_id INT NOT NULL,
    keyword VARCHAR(255) NOT NULL,
    search_volume INT NULL,
    current_position INT NULL,
    previous_position INT NULL,
    checked_at TIMESTAMP NULL,
    UNIQUE KEY uniq_seo_keyword (website_id, keyword),
    FOREIGN KEY (website_id) REFERENCES websites(id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE seo_audits (
    id INT AUTO_INCREMENT PRIMARY KEY,
    website_id INT NOT NULL,
    score INT NULL,
    results JSON NULL,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY (website_id) REFERENCES websites(id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE seo_backlinks (
    id INT AUTO_INCREMENT PRIMARY KEY,
    website_id INT NOT NULL,
    source_url VARCHAR(700) NOT NULL,
    target_url VARCHAR(700) NOT NULL,
    anchor_text VARCHAR(255) NULL,
    is_follow BOOLEAN NOT NULL DEFAULT TRUE,
    first_seen_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    lost_at TIMESTAMP NULL,
    KEY idx_seo_backlinks_source (source_url(191)),
    FOREIGN KEY (website_id) REFERENCES websites(id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE business_listings (
    id INT AUTO_INCREMENT PRIMARY KEY,
    workspace_id INT NOT NULL,
    directory VARCHAR(100) NOT NULL,
    listing_url VARCHAR(500) NULL,
    status ENUM('missing', 'submitted', 'live', 'mismatch') NOT NULL DEFAULT 'missing',
    details JSON NULL,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    UNIQUE KEY uniq_business_listing (workspace_id, directory),
    FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE automation_recipes (
    id INT AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(255) NOT NULL,
    category VARCHAR(100) NULL,
    definition JSON NOT NULL,
    is_published BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE automations (
    id INT AUTO_INCREMENT PRIMARY KEY,
    workspace_id INT NOT NULL,
    recipe_id INT NULL,
    name VARCHAR(255) NOT NULL,
    actions JSON NULL,
    is_active BOOLEAN NOT NULL DEFAULT FALSE,
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE,
    FOREIGN KEY (recipe_id) REFERENCES automation_recipes(id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE automation_triggers (
    id INT AUTO_INCREMENT PRIMARY KEY,
    automation_id INT NOT NULL,
    event_name VARCHAR(100) NOT NULL,
    conditions JSON NULL,
    KEY idx_automation_triggers_event (event_name),
    FOREIGN KEY (automation_id) REFERENCES automations(id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

CREATE TABLE automation_executions (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    automation_id INT NOT NULL,
    contact_id INT NULL,
    status ENUM('running', 'completed', 'failed') NOT NULL DEFAULT 'running',
    log JSON NULL,
    started_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    finished_at TIMESTAMP NULL,
    KEY idx_automation_executions_date (automation_id, started_at),
    FOREIGN KEY (automation_id) REFERENCES automations(id) ON DELETE CASCADE,
    FOREIGN KEY (contact_id) REFERENCES contacts(id) ON DELETE SET NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
