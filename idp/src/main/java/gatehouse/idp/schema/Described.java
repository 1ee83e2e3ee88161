package gatehouse.idp.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a record component means to administrators, and its limits: the source of validation and of OpenAPI. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.RECORD_COMPONENT})
public @interface Described {

    /** What it is, in a sentence. */
    String value();

    /** Who may set it. */
    Access access() default Access.EDITABLE;

    /** Least length of a text, of list entries, or least number (seconds for durations). */
    long min() default 0;

    /** Greatest length of a text, of list entries, or greatest number (seconds for durations). */
    long max() default 1024;

    /** Most entries of a list or map. */
    int entriesMax() default 100;

    /** Regular expression (ECMA-262 and Java alike) that a text or every list entry matches; empty: any. */
    String pattern() default "";

    /** The only values of a text or of list entries; empty: any. */
    String[] oneOf() default {};

    /** JSON Schema format: {@code uri}, {@code email}, {@code date-time}; documentation, not a check. */
    String format() default "";
}
