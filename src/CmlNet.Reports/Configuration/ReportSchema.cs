using CmlNet.Reports.Charts.Confusion;

namespace CmlNet.Reports.Configuration;

/// <summary>The <c>report:</c> part of <c>cml.yaml</c>, once: what the reader checks and what <c>cml schema</c> prints.</summary>
internal static class ReportSchema
{
    public static readonly IReadOnlyList<string> ByteUnits = ["B", "kB", "KB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB"];
    public static readonly IReadOnlyList<string> TimeUnits = ["us", "ms", "s", "min"];
    private static readonly TextType Text = new();
    private static readonly ListType Files = new(Text, OneWillDo: true);

    /// <summary>A limit: the unit must fit what the gate is about, which the gate's reader checks.</summary>
    public static readonly QuantityType Limit = new("50MB, 20ms or 1%", [.. ByteUnits, .. TimeUnits, "%"]);

    private static readonly ConfigField[] Predictions =
    [
        new("predictions", Text, "CSV with one row per case", IsRequired: true),
        new("actual", Text, "Column with the true value (default: y_true, actual, label, …)"),
        new("predicted", Text, "Column with the predicted value (default: y_pred, predicted, …)"),
        new("slices", new ListType(Text, OneWillDo: true), "Columns whose values cut the rows into slices"),
        new("id", Text, "Column that names the row, the same in the baseline's file (default: id, row_id, … if there)"),
        new("weight", Text, "Column with the weight of the row, a number from 0 (default: every row counts as one)"),
        new("tags", Text, "Column with a person's remarks on errors, several separated by ; | or ,"),
    ];

    private static readonly MapType Column = new(
    [
        new("name", Text, "The column", IsRequired: true),
        new("type", new ChoiceType(["number", "integer", "text"]), "What its values are"),
        new("missing", new NumberType(0, 1), "Largest share of rows without a value"),
        new("min", new NumberType(), "Least value"),
        new("max", new NumberType(), "Greatest value"),
        new("values", new ListType(Text), "The only values allowed"),
        new("optional", new BooleanType(), "The column may be absent"),
    ]);

    private static readonly (string Name, string Description, ConfigField[] Fields)[] Sections =
    [
        ("metrics", "Named numbers, compared with the baseline", [
            new("files", Files, "JSON, YAML, TOML or CSV files; * and ** match", IsRequired: true),
            new("higher-is-better", Files, "Metrics that should rise, against what their names suggest; * matches"),
            new("lower-is-better", Files, "Metrics that should fall, against what their names suggest; * matches")]),
        ("params", "Parameters, those that changed first", [new("files", Files, "JSON, YAML, TOML or Python files; * and ** match", IsRequired: true)]),
        ("classification", "Figures of a classifier from its predictions", [
            .. Predictions,
            new("probability", Text, "Column with the positive class's probability, or a pattern such as proba_* with one column per class"),
            new("positive", Text, "The positive class of two (default: the last label)"),
            new("normalize", new ChoiceType(ConfusionShareNames.All), "What the percentages of the confusion matrix are of: each actual class (row), each predicted class (column) or all rows (default: row)")]),
        ("regression", "Figures of a regression from its predictions", Predictions),
        ("curves", "Training histories as line charts", [
            new("files", Files, "CSV, JSON or JSON Lines files; * and ** match", IsRequired: true),
            new("x", Text, "Column for the x axis (default: step or epoch)"),
            new("log-y", new BooleanType(), "Logarithmic y axis (default: for losses and learning rates above 0 that a linear axis would flatten)")]),
        ("images", "Pictures the run left", [new("files", Files, "Image files; * and ** match", IsRequired: true)]),
        ("drift", "Whether the data has moved", [
            new("reference", Text, "CSV with the data to compare with", IsRequired: true),
            new("current", Text, "CSV with the data of now", IsRequired: true),
            new("columns", new ListType(Text, OneWillDo: true), "The only columns to look at (default: all)")]),
        ("latency", "Percentiles of measured times", [
            new("file", Text, "CSV with one row per request", IsRequired: true),
            new("column", Text, "Column with the time in milliseconds", IsRequired: true)]),
        ("sizes", "Sizes of files", [new("files", Files, "Files; * and ** match", IsRequired: true)]),
        ("tests", "Outcome of tests", [new("junit", Text, "JUnit XML file", IsRequired: true)]),
        ("contract", "Types, ranges and categories of the data", [
            new("data", Text, "CSV to check", IsRequired: true),
            new("reference", Text, "CSV to learn from what is not declared"),
            new("columns", new ListType(Column), "What columns must be")]),
        ("pipeline", "Stages of a DVC project: what ran, what came from the cache, what changed since the baseline", []),
        ("data", "Data that DVC tracks and that changed since the baseline", []),
        ("plots", "Plots of dvc.yaml, the baseline's with this run's", [new("targets", Files, "Only these plots, by name or file (default: all)")]),
        ("experiments", "Experiments of DVC on this commit and on the baseline", []),
        ("lineage", "What is needed to repeat the run", []),
    ];

    /// <summary>Names of the sections that may be asked for.</summary>
    public static IReadOnlyList<string> SectionNames { get; } = [.. Sections.Select(section => section.Name)];

    private static MapType Section { get; } = new([.. Sections.Select(section => new ConfigField(section.Name, new MapType(section.Fields), section.Description))]) { ExactlyOne = SectionNames };

    /// <summary>One entry of <c>gates</c>.</summary>
    public static MapType Gate { get; } = new(
    [
        new("metric", Text, "The metric, as the metrics table names it"),
        new("slice", Text, "Column whose slices must each hold the limit on the metric"),
        new("drift", new ChoiceType(["share"]), "The share of columns that drifted"),
        new("size", Text, "A file whose size is limited"),
        new("latency", new ChoiceType(["p50", "p95", "p99", "mean"]), "A figure of the latency section"),
        new("contract", new ChoiceType(["violations"]), "How many rules of the data contract are broken"),
        new("file", Text, "The metrics file, when several have a metric of that name"),
        new("min", Limit, "Least value allowed"),
        new("max", Limit, "Greatest value allowed"),
        new("max-drop", Limit, "How far the value may fall below the baseline, absolute or in per cent of it"),
        new("max-rise", Limit, "How far the value may rise above the baseline, absolute or in per cent of it"),
        new("significance", new NumberType(0, 1), "A worsening counts only when p is below this"),
        new("margin", new NumberType(0), "Non-inferiority: the interval of the change must stay above minus this"),
        new("min-n", new NumberType(1, IsWhole: true), "Slices with fewer rows are not judged"),
        new("required", new BooleanType(), "The metric must be there, whatever its value"),
        new("level", new ChoiceType(["error", "warn"]), "What a failed gate is (default: error)"),
    ]);

    /// <summary>The <c>report</c> map.</summary>
    public static MapType Report { get; } = new(
    [
        new("title", Text, "First heading of the report (default: Report)"),
        new("baseline", Text, "auto, none, a revision or a folder (default: auto)"),
        new("sections", new ListType(Section), "Parts of the report, in this order (default: everything found)"),
        new("gates", new ListType(Gate), "Conditions that the run must meet"),
    ]);

    /// <summary>The whole file.</summary>
    public static MapType File { get; } = new(
    [
        new("run", new MapType([new("images", new MapType([], IsOpen: true), "Container image for each runs-on label")]), "What cml run uses"),
        new("report", Report, "What cml report writes"),
    ]);
}
