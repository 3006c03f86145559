using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CmlNet.Reports.Json;

/// <summary>The JSON Schema of <see cref="ReportJsonWriter"/>'s documents. Every key is always there; what is not known is null.</summary>
public static class ReportJsonSchema
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One indented document with a line end.</summary>
    public static string Write()
    {
        JsonObject schema = Map("The report of cml report --format json", Top());
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        return schema.ToJsonString(Layout) + "\n";
    }

    private static (string, JsonObject)[] Top() =>
    [
        ("verdict", Choice("Worst outcome of any gate", "passed", "warned", "failed")),
        ("conclusion", Choice("As a check run would conclude: neutral when a gate could not be judged and none failed", "success", "neutral", "failure")),
        ("baseline", OrNull(Map("What the run is compared with; null when it is not", ("rev", Text("As asked for or found")), ("sha", OrNull(Text("Full hash"))), ("age_seconds", Number()), ("distance", Number("Commits on this side that the baseline lacks")), ("missing", OrNull(Text("Why there is none")))))),
        ("metrics", List(Change())),
        ("params", List(Change())),
        ("classification", OrNull(Classification())),
        ("regression", OrNull(Regression())),
        ("slices", List(Map("A figure of a slice", [("file", Text()), ("column", Text()), ("value", Text()), ("n", Number()), ("metric", Text()), .. Numbers("value_new", "value_old", "low", "high", "p", "p_adjusted")]))),
        ("significance", List(Map("A test of a change", [("file", Text()), ("method", Choice("", "paired bootstrap", "mcnemar", "delong", "two-proportion")), ("metric", Text()), .. Numbers("old", "new", "diff", "low", "high", "p", "resamples", "seed")]))),
        ("drift", OrNull(Drift())),
        ("contract", OrNull(Contract())),
        ("latency", OrNull(Latency())),
        ("sizes", List(Map("Bytes of a file", ("file", Text()), ("bytes", Number()), ("old_bytes", Number())))),
        ("tests", OrNull(Tests())),
        ("lineage", OrNull(Lineage())),
        ("project", OrNull(Project())),
        ("gates", List(Map("A condition", ("name", Text()), ("level", Choice("", "error", "warn")), ("value", Number()), ("baseline", Number()), ("p", Number()), ("low", Number()), ("high", Number()), ("limit", Text()), ("passed", OrNull(Flag("Null when it could not be judged"))), ("reason", Text())))),
        ("sections", List(Map("", ("name", Text()), ("notes", List(Text()))))),
        ("further", Map("The same of the files after the first of a kind", ("classification", List(Classification())), ("regression", List(Regression())), ("drift", List(Drift())), ("contract", List(Contract())), ("latency", List(Latency())), ("tests", List(Tests())))),
    ];

    private static JsonObject Change() => Map("A value on both sides",
        ("file", Text()), ("name", Text()), ("old", new JsonObject()), ("new", new JsonObject()), ("diff", Number()), ("relative", Number()),
        ("direction", OrNull(Choice("Where better lies", "up", "down"))), ("better", OrNull(Flag())), ("note", OrNull(Text("Why a number is null"))));

    private static JsonObject Classification()
    {
        JsonObject Average() => Map("", Numbers("precision", "recall", "f1-score"));
        return Map("Figures of classes",
        [
            ("file", Text()), ("n", Number()), ("labels", List(Text())), ("positive", OrNull(Text("The positive class"))),
            .. Numbers("accuracy", "balanced_accuracy", "mcc", "cohen_kappa", "log_loss", "brier", "ece", "roc_auc", "average_precision"),
            ("macro_avg", Average()), ("weighted_avg", Average()),
            ("per_class", Open("By label", Map("", Numbers("precision", "recall", "f1-score", "support", "roc_auc", "average_precision")))),
            ("confusion_matrix", Map("Rows actual, columns predicted; sparse with more than 200 classes", ("labels", List(Text())), ("counts", OrNull(List(List(Number())))), ("cells", OrNull(List(List(Number())))))),
            ("top_k", Open("By K", Number())),
            ("thresholds", List(Map("", [("best", Flag()), .. Numbers("threshold", "precision", "recall", "f1-score", "false_positive_rate", "called")]))),
            ("tags", List(Map("", [("tag", Text()), .. Numbers("n", "share", "errors", "error_share", "error_rate", "room")]))),
            ("worst", List(Worst())),
            ("refusal", OrNull(Text("Why it is not compared with the baseline"))), ("notes", List(Text())),
        ]);
    }

    private static JsonObject Regression() => Map("Figures of numbers", [("file", Text()), ("n", Number()), .. Numbers("mae", "mse", "rmse", "r2", "mape", "explained_variance", "median_ae", "max_error", "bias"), ("refusal", OrNull(Text("Why it is not compared with the baseline"))), ("worst", List(Worst())), ("notes", List(Text()))]);

    private static JsonObject Drift() => Map("Whether the data has moved", ("file", Text()), ("reference", Text()), ("columns", Open("By column", Map("", ("test", Choice("", "ks", "chi2", "z", "wasserstein", "jensenshannon", "type")), ("statistic", Number()), ("p_value", Number()), ("threshold", Number()), ("drifted", Flag())))), ("share", Number()), ("drifted", Flag()), ("skipped", List(Text())));

    private static JsonObject Contract() => Map("The data contract", ("file", Text()), ("reference", OrNull(Text())), ("rows", Number()), ("violations", List(Map("", ("column", Text()), ("rule", Text()), ("found", Text())))));

    private static JsonObject Latency() => Map("Times in milliseconds", [("file", Text()), ("n", Number()), .. Numbers("p50", "p95", "p99", "mean"), ("old", OrNull(Map("The baseline's", Numbers("n", "p50", "p95", "p99", "mean"))))]);

    private static JsonObject Tests() => Map("JUnit results", [("file", Text()), .. Numbers("total", "passed", "failed", "errors", "skipped", "seconds"), ("unsuccessful", List(Map("", ("name", Text()), ("message", Text()), ("new", Flag("Not failing in the baseline")))))]);

    private static JsonObject Lineage()
    {
        JsonObject File() => Map("", ("path", Text()), ("role", Text()), ("hash", Text()), ("bytes", Number()), ("old_hash", OrNull(Text())));
        return Map("What repeats the run", ("commit", OrNull(Text())), ("branch", OrNull(Text())), ("dirty", OrNull(Flag())), ("files", List(File())), ("packages", List(File())), ("commands", Open("By stage", Text())), ("seeds", Open("By parameter", Text())), ("surroundings", Open("Machine, GPU, image", Text())));
    }

    private static JsonObject Project()
    {
        JsonObject Values() => Open("By name", new JsonObject { ["type"] = new JsonArray("number", "string", "null") });
        JsonObject Optional(string description = "") => OrNull(Text(description));
        return Map("A DVC project",
            ("stages", List(Map("A stage, or a .dvc file", ("name", Text()), ("command", Optional()), ("needs", List(Text())), ("state", Choice("", "failed", "skipped", "out of date", "ran", "from the cache", "changed since the baseline", "unchanged")), ("seconds", Number("Of the last run here")), ("changed", OrNull(Flag("Since the baseline"))), ("changed_inputs", List(Text())), ("changed_outputs", List(Text())), ("pending", List(Text("Why it is out of date")))))),
            ("data", List(Map("A path that changed since the baseline", ("status", Choice("", "added", "deleted", "renamed", "modified")), ("path", Text()), ("old_path", Optional()), ("old_hash", Optional()), ("new_hash", Optional())))),
            ("plots", List(Map("", ("id", Text()), ("files", List(Text())), ("revisions", List(Text()))))),
            ("experiments", List(Map("An experiment, or the commit of one", ("name", Text()), ("commit", Optional()), ("baseline", Optional("Null for the commit itself")), ("metrics", Values()), ("params", Values())))));
    }

    private static JsonObject Worst() => Map("A row that is most wrong", ("row", Text("Id, or line")), ("actual", Text()), ("predicted", Text()), ("baseline", OrNull(Text())), ("score", Number("Probability of the actual class, or error")));

    private static (string, JsonObject)[] Numbers(params string[] names) => [.. names.Select(name => (name, Number()))];

    private static JsonObject Number(string description = "") => Described(new JsonObject { ["type"] = new JsonArray("number", "null") }, description);

    private static JsonObject Text(string description = "") => Described(new JsonObject { ["type"] = "string" }, description);

    private static JsonObject Flag(string description = "") => Described(new JsonObject { ["type"] = "boolean" }, description);

    private static JsonObject Choice(string description, params string[] values) => Described(new JsonObject { ["enum"] = new JsonArray([.. values.Select(value => JsonValue.Create(value))]) }, description);

    private static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    private static JsonObject Open(string description, JsonObject value) => Described(new JsonObject { ["type"] = "object", ["additionalProperties"] = value }, description);

    private static JsonObject OrNull(JsonObject schema) => new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };

    private static JsonObject Map(string description, params (string Name, JsonObject Schema)[] fields)
    {
        var properties = new JsonObject();
        foreach ((string name, JsonObject schema) in fields)
            properties[name] = schema;
        return Described(new JsonObject { ["type"] = "object", ["properties"] = properties, ["required"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field.Name))]), ["additionalProperties"] = false }, description);
    }

    private static JsonObject Described(JsonObject schema, string description)
    {
        if (description.Length > 0)
            schema.Insert(0, "description", description);
        return schema;
    }
}
