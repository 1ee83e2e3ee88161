package gatehouse.idp.page;

import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The templates of a theme, in FreeMarker: everything they print is escaped for HTML, and they can neither name nor
 * call Java.
 */
final class Templates {

    private final Configuration engine;

    Templates(Theme theme) {
        this.engine = new Configuration(Configuration.VERSION_2_3_34);
        engine.setOutputFormat(HTMLOutputFormat.INSTANCE);
        engine.setRecognizeStandardFileExtensions(false);
        engine.setDefaultEncoding("UTF-8");
        engine.setNumberFormat("computer");
        engine.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        engine.setAPIBuiltinEnabled(false);
        engine.setObjectWrapper(new SimpleObjectWrapper(Configuration.VERSION_2_3_34));
        engine.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        engine.setLogTemplateExceptions(false);
        engine.setWrapUncheckedExceptions(true);
        engine.setLocalizedLookup(false);
        engine.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
        engine.setWhitespaceStripping(true);
        engine.setTemplateLoader(new OfTheme(theme));
    }

    /** The template in file {@code name}, read once. */
    Template template(String name) {
        try {
            return engine.getTemplate(name);
        } catch (IOException broken) {
            throw new UncheckedIOException("template " + name, broken);
        }
    }

    /** What templates call to say something: {@code msg(key, argument…)}. */
    static TemplateMethodModelEx texts(Messages said) {
        return arguments -> {
            // FreeMarker hands over a raw list of its own text models.
            var words = new ArrayList<String>();
            for (Object argument : arguments) {
                words.add(argument.toString());
            }
            return said.text(words.getFirst(), words.subList(1, words.size()));
        };
    }

    /** Whether there is a text: {@code known(key)}. */
    static TemplateMethodModelEx known(Messages said) {
        return arguments -> said.find(arguments.getFirst().toString(), List.of()).isPresent();
    }

    static byte[] bytes(Template template, Map<String, Object> model) {
        var bytes = new ByteArrayOutputStream(4096);
        try (var writer = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
            template.process(model, writer);
        } catch (TemplateException broken) {
            throw new IllegalStateException("template " + template.getName(), broken);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Templates out of a theme and its parents. */
    private record OfTheme(Theme theme) implements TemplateLoader {

        @Override
        public Object findTemplateSource(String name) {
            // FreeMarker's contract: null means that there is none.
            return theme.file(name).map(file -> new Source(name, new String(file, StandardCharsets.UTF_8)))
                    .orElse(null);
        }

        @Override
        public long getLastModified(Object source) {
            return 0;
        }

        @Override
        public Reader getReader(Object source, String encoding) {
            return new StringReader(((Source) source).text());
        }

        @Override
        public void closeTemplateSource(Object source) {}

        private record Source(String name, String text) {}
    }
}
