package gatehouse.idp.samlwire;

import gatehouse.idp.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A message of single logout as it came, by Redirect, POST or SOAP, not proved: what it claims tells whose keys to
 * verify it with. There is no unsigned logout: everything but the claimed sender is had with a policy only.
 */
public final class ReceivedLogout {

    private static final String REQUEST = "SAMLRequest";
    private static final String RESPONSE = "SAMLResponse";

    private final XmlReader reader;
    private final Element root;
    private final Optional<RedirectBinding.Received> redirected;
    private final Optional<String> relayState;

    private ReceivedLogout(XmlReader reader, Element root, Optional<RedirectBinding.Received> redirected,
            Optional<String> relayState) {
        this.reader = reader;
        this.root = root;
        this.redirected = redirected;
        this.relayState = relayState;
    }

    /** What a browser brought: a query with GET, a form with POST. */
    static ReceivedLogout read(Request http, RedirectBinding redirectBinding, XmlReader reader) {
        if (http.method().equals("GET")) {
            var name = http.query().optional(REQUEST).isPresent() ? REQUEST : RESPONSE;
            var received = redirectBinding.decode(http.rawQuery(), name);
            return new ReceivedLogout(reader, reader.read(received.xml(), XmlLimits.REQUEST), Optional.of(received),
                    received.relayState()).of(name);
        }
        var form = http.form();
        if (!form.all(REQUEST).isEmpty() && !form.all(RESPONSE).isEmpty()) {
            throw new SamlError(SamlReason.PARAMETER_REPEATED);
        }
        var name = form.all(RESPONSE).isEmpty() ? REQUEST : RESPONSE;
        return new ReceivedLogout(reader, reader.read(PostBinding.decode(form, name), XmlLimits.REQUEST),
                Optional.empty(), RelayState.in(form)).of(name);
    }

    /** What another server sent by itself (saml-bindings §3.2): the one element in the body of an envelope. */
    static ReceivedLogout readSoap(byte[] envelope, XmlReader reader) {
        var root = reader.read(envelope, XmlLimits.REQUEST);
        var body = Dom.is(root, Namespace.SOAP, "Envelope")
                ? Dom.child(root, Namespace.SOAP, "Body") : Optional.<Element>empty();
        var content = body.map(Dom::children).orElse(List.of());
        if (content.size() != 1) {
            throw new SamlError(SamlReason.UNEXPECTED_MESSAGE);
        }
        return new ReceivedLogout(reader, content.getFirst(), Optional.empty(), Optional.empty());
    }

    private ReceivedLogout of(String name) {
        if (isRequest() != name.equals(REQUEST)) {
            throw new SamlError(SamlReason.UNEXPECTED_MESSAGE);
        }
        return this;
    }

    /** Whether it asks; otherwise it answers. */
    public boolean isRequest() {
        return Dom.is(root, Namespace.SAMLP, "LogoutRequest");
    }

    /** The relay state that came along. */
    public Optional<String> relayState() {
        return relayState;
    }

    /** Who it claims to be from. */
    public String claimedIssuer() {
        return isRequest() ? LogoutXml.request(root).issuer() : LogoutXml.response(root).issuer();
    }

    /** The request that it claims to answer. */
    public Optional<String> claimedInResponseTo() {
        return isRequest() ? Optional.empty() : LogoutXml.response(root).inResponseTo();
    }

    /**
     * The request that its signature proves.
     *
     * @throws SamlError UNSIGNED if it has none, or why it is not accepted
     */
    public LogoutRequest request(SignaturePolicy policy) {
        return LogoutXml.request(verified(policy));
    }

    /** The response that its signature proves. @throws SamlError as {@link #request} */
    public LogoutResponse response(SignaturePolicy policy) {
        return LogoutXml.response(verified(policy));
    }

    /** Whether it carries a signature in its XML. */
    public boolean carriesSignature() {
        return !Dom.children(root, Namespace.DS, "Signature").isEmpty();
    }

    /** The response as it is: only for what came over a connection that proved its other end. */
    public LogoutResponse unprovedResponse() {
        return LogoutXml.response(root);
    }

    private Element verified(SignaturePolicy policy) {
        if (redirected.isPresent()) {
            redirected.get().verify(policy);
            return root; // the octets of the query are signed, and they are where it was read from
        }
        EnvelopedSignature.requireOnlyIn(root, List.of(root));
        var signature = EnvelopedSignature.of(root).orElseThrow(() -> new SamlError(SamlReason.UNSIGNED));
        return reader.read(signature.verify(policy), XmlLimits.REQUEST);
    }

    /** {@code message} in an envelope of its own. */
    static byte[] envelope(String message) {
        return ("<soap:Envelope xmlns:soap=\"" + Namespace.SOAP.uri() + "\"><soap:Body>" + message
                + "</soap:Body></soap:Envelope>").getBytes(StandardCharsets.UTF_8);
    }
}
