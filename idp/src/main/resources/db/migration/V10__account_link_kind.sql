-- What of an upstream identity the subject of a link is: the NameID, or an attribute by its name. Links that were made
-- before have none.
ALTER TABLE account_link ADD COLUMN kind text COLLATE "C";
CREATE INDEX account_link_kind ON account_link (issuer, connection, kind) WHERE kind IS NOT NULL;
