-- Metadata that identity providers publish: what was last accepted of it, and what waits for an administrator. One row
-- for each connection that follows an address. Whoever refreshes one holds its lease.
CREATE TABLE metadata_copy (
    issuer      text COLLATE "C" NOT NULL,
    connection  text COLLATE "C" NOT NULL,
    -- Address, entity and signers that the copy was accepted under; other terms, other copy.
    terms       text NOT NULL,
    document    bytea,
    digest      text,
    signed      boolean NOT NULL DEFAULT false,
    pinned      boolean NOT NULL DEFAULT false,
    valid_until timestamptz,
    accepted_at timestamptz,
    etag        text,
    modified    text,
    checked_at  timestamptz,
    next_at     timestamptz NOT NULL,
    leased_until timestamptz,
    failures    integer NOT NULL DEFAULT 0,
    problem     text,
    held        bytea,
    held_signed boolean NOT NULL DEFAULT false,
    held_drift  text,
    held_at     timestamptz,
    rejected_drift text,
    PRIMARY KEY (issuer, connection),
    FOREIGN KEY (issuer, connection) REFERENCES connection (issuer, id) ON DELETE CASCADE
);
CREATE INDEX metadata_copy_due ON metadata_copy (next_at);
-- Connections that follow an address, to find those without a row.
CREATE INDEX connection_published ON connection (issuer, id) WHERE (body -> 'settings' ->> 'metadata_url') IS NOT NULL;

-- Which countdown of which certificate has been told. The owner is a connection, or nobody for the issuer's own.
CREATE TABLE certificate_notice (
    issuer      text COLLATE "C" NOT NULL,
    connection  text COLLATE "C" NOT NULL,
    fingerprint text COLLATE "C" NOT NULL,
    days        integer NOT NULL,
    told_at     timestamptz NOT NULL,
    PRIMARY KEY (issuer, connection, fingerprint, days)
);

-- Work that one node at a time does: until when it is somebody's.
CREATE TABLE chore (
    name         text COLLATE "C" PRIMARY KEY,
    done_at      timestamptz NOT NULL,
    leased_until timestamptz NOT NULL
);
