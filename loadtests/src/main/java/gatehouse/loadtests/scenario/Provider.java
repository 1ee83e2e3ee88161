package gatehouse.loadtests.scenario;

import gatehouse.loadtests.http.Browser;
import gatehouse.loadtests.http.HttpDriver;
import gatehouse.loadtests.target.Endpoints;
import gatehouse.loadtests.target.Target;

/** The provider under load as journeys see it: its description, its discovered endpoints, and a way to reach it. */
public record Provider(Target target, Endpoints endpoints, HttpDriver http) {

    /** A browser that has been nowhere yet. */
    Browser newBrowser() {
        return new Browser(http, target.form().username(), target.form().password());
    }

    CodeFlow codeFlow() {
        return new CodeFlow(this, target.requireApp());
    }
}
