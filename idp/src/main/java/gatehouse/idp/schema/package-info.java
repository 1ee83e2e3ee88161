/**
 * One declaration of a resource: the components of its record, each with a {@link gatehouse.idp.schema.Described}. JSON
 * in and out, validation with field-level problems, JSON Schema and OpenAPI all read it. Refuses unknown fields.
 * Entered by the stores (JSON columns), by {@code admin} and by {@code apply}.
 */
package gatehouse.idp.schema;
