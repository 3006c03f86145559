namespace CmlNet.Reports.Findings;

/// <summary>Which of our figures a metric of a file is, from the names libraries give them.</summary>
internal static class FigureNames
{
    private static readonly string[] Prefixes = ["test_", "val_", "valid_", "validation_", "eval_", "dev_"];

    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["acc"] = "accuracy", ["accuracy_score"] = "accuracy", ["f1_score"] = "f1", ["f1_macro"] = "f1", ["macro_f1"] = "f1", ["auc"] = "roc_auc", ["auroc"] = "roc_auc", ["rocauc"] = "roc_auc",
        ["logloss"] = "log_loss", ["loss"] = "log_loss", ["cross_entropy"] = "log_loss", ["nll"] = "log_loss", ["kappa"] = "cohen_kappa", ["matthews_corrcoef"] = "mcc", ["balanced_acc"] = "balanced_accuracy",
        ["f1_weighted"] = "weighted_f1", ["mean_absolute_error"] = "mae", ["mean_squared_error"] = "mse", ["root_mean_squared_error"] = "rmse", ["r2_score"] = "r2",
    };

    /// <summary>The last part of a dotted name, without the part of the data it was measured on.</summary>
    public static string Canonical(string metric)
    {
        string name = metric[(metric.LastIndexOfAny(['.', '/']) + 1)..].ToLowerInvariant().Replace('-', '_').Replace(' ', '_');
        string? prefix = Prefixes.FirstOrDefault(one => name.StartsWith(one, StringComparison.Ordinal));
        name = prefix is null ? name : name[prefix.Length..];
        return Known.GetValueOrDefault(name, name);
    }
}
