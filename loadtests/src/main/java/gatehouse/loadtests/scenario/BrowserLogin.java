package gatehouse.loadtests.scenario;

import gatehouse.loadtests.load.Journey;
import gatehouse.loadtests.target.SignIn;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody signs in from nothing: a new browser, every page and redirect on the way, the code exchanged.
 *
 * <p>What the way is, a password page or another provider, is the target file's choice; the browser just goes on.
 */
final class BrowserLogin implements Journey {

    static final String PASSWORD = "password-login";
    static final String SAML = "saml-login";
    static final String OIDC = "oidc-login";

    private final Provider provider;
    private final String name;
    private final SignIn way;
    private final CodeFlow flow;
    private final AtomicLong number = new AtomicLong();

    BrowserLogin(Provider provider, String name) {
        this.provider = provider;
        this.name = name;
        this.way = provider.target().requireSignIn(name);
        this.flow = provider.codeFlow();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() {
        signIn();
    }

    @Override
    public Future<?> start() {
        var ended = Promise.<Void>promise();
        Thread.startVirtualThread(() -> {
            try {
                signIn();
                ended.complete();
            } catch (RuntimeException failure) {
                ended.fail(failure);
            }
        });
        return ended.future();
    }

    private void signIn() {
        var visitor = way.visitor(number.getAndIncrement());
        flow.signIn(provider.newBrowser(), visitor, way.parametersFor(visitor));
    }
}
