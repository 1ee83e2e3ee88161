/**
 * The identity providers that people know by name, for both protocols: what each has to be asked for, the settings that
 * fit it from the start, and how it differs from the rest. Nothing here is a rule about messages; those are the
 * settings'. Enter through {@link gatehouse.idp.upstream.template.ProviderTemplates}.
 */
package gatehouse.idp.upstream.template;
