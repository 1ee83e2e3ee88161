-- Connections have a state instead of a switch.
UPDATE connection
SET body = (body - 'enabled') || jsonb_build_object(
    'state', CASE WHEN (body ->> 'enabled')::boolean THEN 'active' ELSE 'suspended' END,
    'testers', '[]'::jsonb,
    'enforced_share', 100);
