package gatehouse.idp.apply;
public final class RemoteTarget implements ApplyTarget {
    @Override
    public java.util.Optional<Known> find(String path, String issuer, com.fasterxml.jackson.databind.node.ObjectNode declared) { throw new UnsupportedOperationException(); }
    @Override
    public void create(String path, String issuer, com.fasterxml.jackson.databind.node.ObjectNode declared) { throw new UnsupportedOperationException(); }
    @Override
    public Patched patch(String path, String issuer, Known known, com.fasterxml.jackson.databind.node.ObjectNode declared) { throw new UnsupportedOperationException(); }
}
