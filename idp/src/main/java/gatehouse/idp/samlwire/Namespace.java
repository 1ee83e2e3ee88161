package gatehouse.idp.samlwire;

/** The XML namespaces of SAML, with the prefixes that we write; prefixes of others mean nothing. */
enum Namespace {
    SAML("saml", "urn:oasis:names:tc:SAML:2.0:assertion"),
    SAMLP("samlp", "urn:oasis:names:tc:SAML:2.0:protocol"),
    MD("md", "urn:oasis:names:tc:SAML:2.0:metadata"),
    DS("ds", "http://www.w3.org/2000/09/xmldsig#"),
    XENC("xenc", "http://www.w3.org/2001/04/xmlenc#"),
    XENC11("xenc11", "http://www.w3.org/2009/xmlenc11#"),
    EXC_C14N("ec", "http://www.w3.org/2001/10/xml-exc-c14n#");

    private final String prefix;
    private final String uri;

    Namespace(String prefix, String uri) {
        this.prefix = prefix;
        this.uri = uri;
    }

    String prefix() {
        return prefix;
    }

    String uri() {
        return uri;
    }
}
