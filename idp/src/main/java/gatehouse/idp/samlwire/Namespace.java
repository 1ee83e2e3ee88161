package gatehouse.idp.samlwire;

/** The XML namespaces of SAML and of what carries it; prefixes mean nothing. */
enum Namespace {
    SAML("urn:oasis:names:tc:SAML:2.0:assertion"),
    SAMLP("urn:oasis:names:tc:SAML:2.0:protocol"),
    MD("urn:oasis:names:tc:SAML:2.0:metadata"),
    DS("http://www.w3.org/2000/09/xmldsig#"),
    SOAP("http://schemas.xmlsoap.org/soap/envelope/"),
    XENC("http://www.w3.org/2001/04/xmlenc#"),
    XENC11("http://www.w3.org/2009/xmlenc11#"),
    EXC_C14N("http://www.w3.org/2001/10/xml-exc-c14n#");

    private final String uri;

    Namespace(String uri) {
        this.uri = uri;
    }

    String uri() {
        return uri;
    }
}
