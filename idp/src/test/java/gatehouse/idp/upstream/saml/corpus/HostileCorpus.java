package gatehouse.idp.upstream.saml.corpus;

import java.util.List;
import java.util.stream.Stream;

/** All messages that must be refused. */
public final class HostileCorpus {

    private static final List<Forgery> ALL = Stream.of(WrappingForgeries.all(), ReferenceForgeries.all(),
                    TransformForgeries.all(), ParserForgeries.all(), AlgorithmForgeries.all(),
                            EncryptionForgeries.all(),
                    NameForgeries.all(), ClaimForgeries.all(), StatusForgeries.all(),
                    ExhaustionForgeries.all())
            .flatMap(forgeries -> forgeries).toList();

    private HostileCorpus() {}

    public static List<Forgery> all() {
        return ALL;
    }
}
