-- What production turned out to need, and the recipes every workspace starts with.

ALTER TABLE contacts ADD COLUMN last_contacted_at TIMESTAMP NULL AFTER source;
ALTER TABLE deals ADD COLUMN lost_reason VARCHAR(255) NULL COMMENT 'Why the customer said no.';
ALTER TABLE products MODIFY COLUMN price DECIMAL(12,2) NOT NULL DEFAULT 0.00;

CREATE INDEX idx_contacts_name ON contacts (last_name, first_name);
CREATE INDEX idx_invoices_due ON invoices (status, due_on);

INSERT INTO automation_recipes (name, category, definition, is_published) VALUES
    ('Welcome a new contact', 'email', '{"trigger": "contact.created", "actions": ["send_email"]}', TRUE),
    ('Chase an overdue invoice', 'finance', '{"trigger": "invoice.overdue", "actions": ["send_sms"]}', TRUE);
