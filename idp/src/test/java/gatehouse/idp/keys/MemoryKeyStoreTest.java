package gatehouse.idp.keys;

class MemoryKeyStoreTest extends KeyStoreContract {

    private final KeyStore store = new MemoryKeyStore();

    @Override
    protected KeyStore store() {
        return store;
    }
}
