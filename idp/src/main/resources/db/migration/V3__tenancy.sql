-- Connections have a state instead of a switch.
UPDATE connection
SET body = (body - 'enabled') || jsonb_build_object(
    'state', CASE WHEN (body ->> 'enabled')::boolean THEN 'active' ELSE 'suspended' END,
    'testers', '[]'::jsonb,
    'shared_with', '[]'::jsonb,
    'enforced_share', 100);

-- Organizations lay down rules for their people, who have roles and groups.
UPDATE organization SET body = body || '{"policy": {"just_in_time": true, "allowed_domains": [], "default_roles": [],
    "default_groups": [], "mappings": [], "required_acr": [], "accepted_connections": []},
    "break_glass": []}'::jsonb;
UPDATE account SET body = body || '{"roles": [], "groups": []}'::jsonb;

-- Whose word the proof of a domain is. What is verified already stays so.
UPDATE domain_claim SET body = body || jsonb_build_object('vouched', body -> 'verified');

-- What was last seen of a claim in DNS.
CREATE TABLE domain_check (
    issuer  text COLLATE "C" NOT NULL,
    organization text COLLATE "C" NOT NULL,
    id      text COLLATE "C" NOT NULL,
    first_at timestamptz NOT NULL,
    checked_at timestamptz,
    failing_since timestamptz,
    finding jsonb,
    PRIMARY KEY (issuer, organization, id),
    FOREIGN KEY (issuer, organization, id) REFERENCES domain_claim (issuer, organization, id) ON DELETE CASCADE
);
