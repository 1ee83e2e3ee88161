package gatehouse.idp.samlwire;

/**
 * How much XML is read before it is refused.
 *
 * @param bytes      size of the document
 * @param depth      elements within each other
 * @param elements   elements in all
 * @param attributes attributes and namespace declarations of one element
 * @param names      different names of elements and attributes in all
 * @param comments   comments and processing instructions in all
 */
public record XmlLimits(int bytes, int depth, int elements, int attributes, int names, int comments) {

    /** A request, which anybody may send: an honest one has some dozen elements. */
    public static final XmlLimits REQUEST = new XmlLimits(128 * 1024, 32, 1_000, 64, 128, 64);

    /** A response: an assertion with some thousand group names fits. */
    public static final XmlLimits MESSAGE = new XmlLimits(512 * 1024, 32, 10_000, 64, 256, 64);

    /** Metadata of one organization's identity provider, or of a small federation. */
    public static final XmlLimits METADATA = new XmlLimits(8 * 1024 * 1024, 48, 200_000, 64, 2_000, 2_000);
}
