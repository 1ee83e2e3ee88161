package gatehouse.idp.upstream;

/** Settings of a connection that cannot work. */
public final class InvalidSettings extends RuntimeException {

    private final String setting;

    /**
     * @param setting JSON name of the setting
     * @param problem what is wrong with it, for its author
     */
    public InvalidSettings(String setting, String problem) {
        super(problem, null, false, false);
        this.setting = setting;
    }

    /** JSON name of the setting that is wrong. */
    public String setting() {
        return setting;
    }
}
