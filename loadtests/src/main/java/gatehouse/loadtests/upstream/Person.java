package gatehouse.loadtests.upstream;

/** Somebody the upstream vouches for, made up from a number. */
record Person(String subject, String email, String givenName, String familyName) {

    static Person numbered(long number, String domain) {
        return new Person("person-" + number, "load-" + number + "@" + domain, "Load", "Tester " + number);
    }
}
