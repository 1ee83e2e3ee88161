-- Connections have a state instead of a switch.
UPDATE connection
SET body = (body - 'enabled') || jsonb_build_object(
    'state', CASE WHEN (body ->> 'enabled')::boolean THEN 'active' ELSE 'suspended' END,
    'testers', '[]'::jsonb,
    'enforced_share', 100);

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
