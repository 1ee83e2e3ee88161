package gatehouse.loadtests.http;

/** Somebody who can sign in: what they type when a page asks who they are, and their password. */
public record Visitor(String name, String password) {

    @Override
    public String toString() {
        return "Visitor[" + name + "]"; // the password stays out of messages
    }
}
