import java.io.File;
import java.util.List;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Judges PDF files with the veraPDF engine, many in one JVM: {@code CheckPdf FLAVOUR FILE [FLAVOUR FILE]…}.
 *
 * <p>A flavour is a veraPDF id ("2b", "3a", "ua1") or "auto": every flavour that the file itself claims in its XMP
 * (none claimed is a failure: the file is no archive file). Prints one line a file and flavour, and under a failed one
 * the rules that it broke. Exit code 0: all compliant; 1: some file is not, or could not be read; 2: wrong arguments.
 */
public final class CheckPdf {
    public static void main(String[] arguments) {
        if (arguments.length == 0 || arguments.length % 2 != 0) {
            System.err.println("CheckPdf FLAVOUR FILE [FLAVOUR FILE]...");
            System.exit(2);
        }
        java.util.logging.LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        int failed = 0;
        for (int i = 0; i < arguments.length; i += 2) {
            if (!judge(arguments[i], new File(arguments[i + 1]))) {
                failed++;
            }
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private static boolean judge(String flavour, File file) {
        try {
            List<PDFAFlavour> flavours =
                    flavour.equals("auto") ? claimed(file) : List.of(PDFAFlavour.byFlavourId(flavour));
            if (flavours.isEmpty() || flavours.contains(PDFAFlavour.NO_FLAVOUR)) {
                System.out.println("FAILED     " + file + ": claims no PDF/A or PDF/UA flavour");
                return false;
            }
            boolean compliant = true;
            for (PDFAFlavour one : flavours) {
                compliant &= validate(one, file);
            }
            return compliant;
        } catch (Exception error) {
            System.out.println("FAILED     " + file + ": " + error);
            return false;
        }
    }

    private static List<PDFAFlavour> claimed(File file) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file)) {
            return parser.getFlavours();
        }
    }

    private static boolean validate(PDFAFlavour flavour, File file) throws Exception {
        long start = System.nanoTime();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%-10s %-4s %6.1f s %7d assertions  %s%n", result.isCompliant() ? "compliant" : "FAILED",
                    flavour.getId(), seconds, result.getTotalAssertions(), file);
            if (!result.isCompliant()) {
                printFailedRules(result);
            }
            return result.isCompliant();
        }
    }

    private static void printFailedRules(ValidationResult result) {
        for (Map.Entry<RuleId, Integer> rule : result.getFailedChecks().entrySet()) {
            RuleId id = rule.getKey();
            System.out.printf("    %s clause %s test %d: %d times%n", id.getSpecification(), id.getClause(),
                    id.getTestNumber(), rule.getValue());
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getRuleId().equals(id)) {
                    System.out.println("        " + assertion.getMessage());
                    System.out.println("        at " + assertion.getLocation().getContext());
                    break;
                }
            }
        }
    }
}
