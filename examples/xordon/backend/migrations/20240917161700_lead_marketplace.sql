-- Leads that one workspace sells and another buys.

CREATE TABLE marketplace_leads (
    id INT AUTO_INCREMENT PRIMARY KEY,
    seller_workspace_id INT NOT NULL,
    title VARCHAR(255) NOT NULL,
    category VARCHAR(100) NULL,
    region VARCHAR(100) NULL,
    price DECIMAL(10,2) NOT NULL,
    lead_data JSON NOT NULL,
    status ENUM('available', 'reserved', 'sold', 'withdrawn') NOT NULL DEFAULT 'available',
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    KEY idx_marketplace_leads_browse (status, category, created_at DESC),
    FOREIGN KEY (seller_workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='A lead offered for sale.';

CREATE TABLE marketplace_purchases (
    id INT AUTO_INCREMENT PRIMARY KEY,
    lead_id INT NOT NULL,
    buyer_workspace_id INT NOT NULL,
    price_paid DECIMAL(10,2) NOT NULL,
    purchased_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    UNIQUE KEY uniq_marketplace_purchase (lead_id, buyer_workspace_id),
    FOREIGN KEY (lead_id) REFERENCES marketplace_leads(id),
    FOREIGN KEY (buyer_workspace_id) REFERENCES workspaces(id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='A lead that a workspace has bought.';
