package gatehouse.idp.samlwire;

/**
 * The description of one entity, cut out of the document that carried it.
 *
 * @param xml    its {@code EntityDescriptor} in exclusive canonical form; not to be changed
 * @param signed whether the document came with a signature, verified or not
 */
public record MetadataEntity(byte[] xml, boolean signed) {}
