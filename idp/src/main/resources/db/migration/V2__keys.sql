-- Keys of each issuer. The private part is wrapped under the master key and opens only for its own issuer, purpose and kid.
CREATE TABLE issuer_keys (
    issuer      text        NOT NULL,
    kid         text        NOT NULL,
    purpose     text        NOT NULL,
    created_at  timestamptz NOT NULL,
    signs_from  timestamptz NOT NULL,
    public_jwk  text        NOT NULL,
    certificate bytea,
    kek_id      text        NOT NULL,
    wrapped     bytea       NOT NULL,
    PRIMARY KEY (issuer, kid)
);
