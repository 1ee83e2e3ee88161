package gatehouse.idp.schema;

/** Who may set a field. */
public enum Access {
    /** Whoever may change the resource. */
    EDITABLE,
    /** Operators of the deployment only: never an organization's own administrators. */
    OPERATOR,
    /** Set when the resource is made, never changed. */
    IDENTITY,
    /** Given by the server; what is sent must be what it is. */
    READ_ONLY,
    /** Accepted, kept hashed or sealed, never shown. Absent: kept as it is. */
    WRITE_ONLY,
    /** Not part of any interface. */
    INTERNAL
}
