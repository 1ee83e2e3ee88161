package gatehouse.idp.upstream.saml.corpus;

import gatehouse.idp.samlwire.Certificates;
import gatehouse.idp.samlwire.Dsig;
import gatehouse.idp.samlwire.SamlReason;
import gatehouse.idp.samlwire.TestCredentials;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signature and digest algorithms that prove nothing, and keys that come with the message. */
final class AlgorithmForgeries {

    private static final String SIGNATURE = "signature algorithm";
    private static final String DIGEST = "digest algorithm";
    private static final String VALUE = "signature value";
    private static final String KEY = "key from the message";
    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    private AlgorithmForgeries() {}

    static Stream<Forgery> all() {
        return Stream.of(hmacs(), names(), digests(), digestValues(), rsaValues(), keyInfos(), keys())
                .flatMap(forgeries -> forgeries);
    }

    /** Symmetric signatures with what everybody knows as the secret. */
    private static Stream<Forgery> hmacs() {
        var algorithms = Map.of("http://www.w3.org/2000/09/xmldsig#hmac-sha1", "HmacSHA1",
                "http://www.w3.org/2001/04/xmldsig-more#hmac-md5", "HmacMD5",
                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", "HmacSHA256",
                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha384", "HmacSHA384",
                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512", "HmacSHA512");
        var secrets = Map.of("certificate", encoded(), "public key", TestCredentials.IDP.keys().getPublic()
                .getEncoded(),
                "PEM", Certificates.pem(TestCredentials.IDP.certificate()).getBytes(StandardCharsets.US_ASCII),
                "zero", new byte[1]);
        return algorithms.entrySet().stream().flatMap(algorithm -> secrets.entrySet().stream().map(secret ->
                Forgery.document(SIGNATURE, algorithm.getValue() + " with the " + secret.getKey() + " as secret",
                        SamlReason.SIGNATURE_ALGORITHM_REFUSED, scene -> scene.signed(new Handmade()
                                .shape(RSA_SHA256, algorithm.getKey()).by(octets -> {
                                    var mac = Mac.getInstance(algorithm.getValue());
                                    mac.init(new SecretKeySpec(secret.getValue(), "HMAC"));
                                    return mac.doFinal(octets);
                                })))));
    }

    private static byte[] encoded() {
        try {
            return TestCredentials.IDP.certificate().getEncoded();
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Stream<Forgery> names() {
        var more = "http://www.w3.org/2001/04/xmldsig-more#";
        var signed = Map.of("http://www.w3.org/2000/09/xmldsig#rsa-sha1", "SHA1withRSA", more + "rsa-md5", "MD5withRSA",
                more + "rsa-sha224", "SHA224withRSA").entrySet().stream().map(algorithm -> Forgery.document(SIGNATURE,
                        algorithm.getKey() + ", correctly signed", SamlReason.SIGNATURE_ALGORITHM_REFUSED, scene ->
                                scene.signed(new Handmade().shape(RSA_SHA256, algorithm.getKey()).by(Handmade.with(
                                        algorithm.getValue(), TestCredentials.IDP.keys().getPrivate())))));
        var renamed = Stream.of("none", "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
                        "http://www.w3.org/2009/xmldsig11#dsa-sha256", "http://www.w3.org/2000/09/xmldsig#rsa-sha256",
                        more + "rsa-ripemd160", more + "ecdsa-sha1", more + "ecdsa-sha224", more + "RSA-SHA256",
                        " " + RSA_SHA256, RSA_SHA256 + "&#10;", RSA_SHA256 + "#", RSA_SHA256 + "?x",
                        "http://www.w3.org/2007/05/xmldsig-more#rsa-pss",
                        "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1",
                        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
                        "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519",
                                "http://www.w3.org/2001/04/xmlenc#sha256",
                        "SHA256withRSA", "1.2.840.113549.1.1.11", "http://www.w3.org/2000/09/xmldsig#")
                .map(uri -> Forgery.document(SIGNATURE, "called <" + uri + ">", SamlReason.SIGNATURE_ALGORITHM_REFUSED,
                        scene -> scene.signed(new Handmade().shape(RSA_SHA256, uri))));
        var crossed = Stream.of("rsa-sha384", "rsa-sha512", "ecdsa-sha256", "ecdsa-sha384", "ecdsa-sha512")
                .map(uri -> Forgery.document(SIGNATURE, "signed as rsa-sha256, called " + uri,
                        SamlReason.SIGNATURE_INVALID, scene -> scene.signed(new Handmade().shape(RSA_SHA256, more
                                + uri))));
        var absent = Stream.of("Algorithm=\"\"", "", "algorithm=\"" + RSA_SHA256 + '"').map(attribute ->
                Forgery.document(
                SIGNATURE, "without name: <" + attribute + ">", SamlReason.MALFORMED_MESSAGE, scene -> scene.signed(
                        new Handmade().shape("Algorithm=\"" + RSA_SHA256 + '"', attribute))));
        return Stream.of(signed, renamed, crossed, absent).flatMap(forgeries -> forgeries);
    }

    private static Stream<Forgery> digests() {
        var computed = Map.of("http://www.w3.org/2000/09/xmldsig#sha1", "SHA-1",
                "http://www.w3.org/2001/04/xmldsig-more#md5", "MD5",
                "http://www.w3.org/2001/04/xmldsig-more#sha224", "SHA-224",
                "http://www.w3.org/2007/05/xmldsig-more#sha3-256", "SHA3-256").entrySet().stream()
                .map(algorithm -> Forgery.document(DIGEST, algorithm.getValue() + ", correctly computed",
                        SamlReason.DIGEST_ALGORITHM_REFUSED, scene -> scene.signed(new Handmade()
                                .digest(algorithm.getValue()).shape(Handmade.DIGEST_METHOD,
                                        "<ds:DigestMethod Algorithm=\"" + algorithm.getKey() + "\"/>"))));
        var renamed = Stream.of("none", "http://www.w3.org/2001/04/xmlenc#ripemd160", "SHA-256",
                "http://www.w3.org/2001/04/xmlenc#SHA256", "http://www.w3.org/2001/04/xmlenc#sha256 ",
                "http://www.w3.org/2007/05/xmldsig-more#whirlpool", "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256")
                .map(uri -> Forgery.document(DIGEST, "called <" + uri + ">", SamlReason.DIGEST_ALGORITHM_REFUSED,
                        scene ->
                        scene.signed(new Handmade().shape(Handmade.DIGEST_METHOD,
                                "<ds:DigestMethod Algorithm=\"" + uri + "\"/>"))));
        var crossed = Stream.of("http://www.w3.org/2001/04/xmldsig-more#sha384",
                "http://www.w3.org/2001/04/xmlenc#sha512")
                .map(uri -> Forgery.document(DIGEST, "SHA-256 called <" + uri + ">", SamlReason.DIGEST_MISMATCH,
                        scene ->
                        scene.signed(new Handmade().shape(Handmade.DIGEST_METHOD,
                                "<ds:DigestMethod Algorithm=\"" + uri + "\"/>"))));
        return Stream.of(computed, renamed, crossed).flatMap(forgeries -> forgeries);
    }

    private static Stream<Forgery> digestValues() {
        return Map.of("empty", "", "white space", " &#10; ", "one octet", "AA==", "half of it",
                "47DEQpj8HBSa+/TImW+5JA==",
                "zeros", Handmade.base64(new byte[32]), "too long", Handmade.base64(new byte[33])).entrySet().stream()
                .map(value -> Forgery.document(DIGEST, "value: " + value.getKey(), SamlReason.DIGEST_MISMATCH, scene ->
                        scene.signed(new Handmade().shape(xml -> xml.replaceAll("<ds:DigestValue>[^<]*",
                                "<ds:DigestValue>" + value.getValue())))));
    }

    private static Stream<Forgery> rsaValues() {
        var modulus = ((RSAPublicKey) TestCredentials.IDP.keys().getPublic()).getModulus();
        var changes = Map.<String, UnaryOperator<byte[]>>ofEntries(
                Map.entry("empty", _ -> new byte[0]), Map.entry("one octet", _ -> new byte[1]),
                Map.entry("zeros", octets -> new byte[octets.length]),
                Map.entry("one", octets -> with(octets.length, BigInteger.ONE)),
                Map.entry("the modulus", octets -> with(octets.length, modulus)),
                Map.entry("one less than the modulus", octets -> with(octets.length, modulus.subtract(BigInteger.ONE))),
                Map.entry("one more octet", octets -> Arrays.copyOf(octets, octets.length + 1)),
                Map.entry("one octet less", octets -> Arrays.copyOf(octets, octets.length - 1)),
                Map.entry("twice", octets -> {
                    var twice = Arrays.copyOf(octets, octets.length * 2);
                    System.arraycopy(octets, 0, twice, octets.length, octets.length);
                    return twice;
                }),
                Map.entry("one bit changed", octets -> {
                    octets[octets.length / 2] ^= 1;
                    return octets;
                }),
                Map.entry("100 000 octets", _ -> new byte[100_000]));
        return Stream.concat(changes.entrySet().stream().map(change -> Forgery.document(VALUE, change.getKey(),
                SamlReason.SIGNATURE_INVALID, scene -> scene.signed(new Handmade().value(change.getValue())))),
                Stream.of("?", "AAAA=AAA", "-_-_", "data:,x", "\u00e9", "AA\u2028AA").map(text -> Forgery.document(
                        VALUE, "no base64: " + text, SamlReason.SIGNATURE_STRUCTURE, scene -> scene.signed(
                                new Handmade().shape("VALUE<", text + "<")))));
    }

    private static byte[] with(int length, BigInteger number) {
        var octets = number.toByteArray();
        var padded = new byte[length];
        int count = Math.min(length, octets.length);
        System.arraycopy(octets, octets.length - count, padded, length - count, count);
        return padded;
    }

    /** A stranger's signature with every way of saying which key it was. */
    private static Stream<Forgery> keyInfos() {
        var stranger = TestCredentials.STRANGER;
        var certificate = Certificates.pem(stranger.certificate()).replaceAll("-----[^-]*-----", "");
        var honest = Certificates.pem(TestCredentials.IDP.certificate()).replaceAll("-----[^-]*-----", "");
        var rsa = (RSAPublicKey) stranger.keys().getPublic();
        var infos = Map.<String, String>ofEntries(
                Map.entry("nothing", ""),
                Map.entry("its certificate", x509(certificate)),
                Map.entry("the honest certificate", x509(honest)),
                Map.entry("its certificate, then the honest one", x509(certificate) + x509(honest)),
                Map.entry("the honest certificate, then its own", x509(honest) + x509(certificate)),
                Map.entry("its key", "<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>" + Handmade.base64(rsa.getModulus()
                        .toByteArray()) + "</ds:Modulus>"
                        + "<ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>"),
                Map.entry("its encoded key", "<d:DEREncodedKeyValue xmlns:d=\"http://www.w3.org/2009/xmldsig11#\">"
                        + Handmade.base64(rsa.getEncoded()) + "</d:DEREncodedKeyValue>"),
                Map.entry("the honest name", "<ds:KeyName>CN=IDP</ds:KeyName>"),
                Map.entry("the honest subject",
                        "<ds:X509Data><ds:X509SubjectName>CN=IDP</ds:X509SubjectName></ds:X509Data>"),
                Map.entry("a reference to elsewhere",
                        "<d:KeyInfoReference xmlns:d=\"http://www.w3.org/2009/xmldsig11#\""
                        + " URI=\"TRAP/key\"/>"),
                Map.entry("a retrieval from elsewhere", "<ds:RetrievalMethod URI=\"TRAP/key\""
                        + " Type=\"http://www.w3.org/2000/09/xmldsig#rawX509Certificate\"/>"),
                Map.entry("a retrieval from a file", "<ds:RetrievalMethod URI=\"file:///etc/ssl/cert.pem\""
                        + " Type=\"http://www.w3.org/2000/09/xmldsig#rawX509Certificate\"/>"),
                Map.entry("a retrieval that changes", "<ds:RetrievalMethod URI=\"#x\"><ds:Transforms><ds:Transform"
                        + " Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/></ds:Transforms>"
                        + "</ds:RetrievalMethod>"),
                Map.entry("a revocation list", "<ds:X509Data><ds:X509CRL>AAAA</ds:X509CRL></ds:X509Data>"),
                Map.entry("a PGP key", "<ds:PGPData><ds:PGPKeyID>AAAA</ds:PGPKeyID></ds:PGPData>"),
                Map.entry("thousand certificates", x509(honest).repeat(150)));
        return infos.entrySet().stream().map(info -> Forgery.document(KEY, "a stranger's signature, with "
                + info.getKey(), SamlReason.SIGNATURE_INVALID, scene -> scene.signed(new Handmade()
                        .by(Handmade.rsa(stranger.keys().getPrivate())).shape("</ds:SignatureValue>",
                                "</ds:SignatureValue><ds:KeyInfo>" + info.getValue().replace("TRAP", scene.trap())
                                        + "</ds:KeyInfo>"))));
    }

    private static String x509(String certificate) {
        return "<ds:X509Data><ds:X509Certificate>" + certificate + "</ds:X509Certificate></ds:X509Data>";
    }

    private static Stream<Forgery> keys() {
        var another = Stream.of(TestCredentials.IDP_EC, TestCredentials.STRANGER).map(by -> Forgery.document(KEY,
                "signed by the platform with the key of " + by, SamlReason.SIGNATURE_INVALID,
                scene -> scene.idp().assertionSigned(Dsig.honest().with(by))));
        return Stream.concat(another, Stream.of(TestCredentials.WEAK, TestCredentials.US, TestCredentials.EXPIRED)
                .map(by ->
                Forgery.document(KEY,
                "signed with the key of " + by, SamlReason.SIGNATURE_INVALID, scene -> scene.signed(new Handmade()
                        .by(Handmade.rsa(by.keys().getPrivate()))))));
    }
}
