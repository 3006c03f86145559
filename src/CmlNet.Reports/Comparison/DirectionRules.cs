using System.IO.Enumeration;
using System.Text;

namespace CmlNet.Reports.Comparison;

/// <summary>Whether more is better, from what the user said, else from the words of the metric's name.</summary>
/// <param name="higher">Patterns of metrics that should rise; <c>*</c> matches.</param>
/// <param name="lower">Patterns of metrics that should fall.</param>
internal sealed class DirectionRules(IReadOnlyList<string> higher, IReadOnlyList<string> lower)
{
    private static readonly HashSet<string> Down = new(StringComparer.Ordinal)
    {
        "loss", "logloss", "error", "errors", "err", "rmse", "mse", "mae", "mape", "smape", "wape", "ae", "rmsle", "msle", "medae", "nll", "perplexity", "ppl", "entropy", "crossentropy",
        "latency", "time", "duration", "seconds", "sec", "secs", "ms", "runtime", "p50", "p90", "p95", "p99",
        "wer", "cer", "ter", "eer", "fid", "brier", "ece", "mce", "hinge", "deviance", "divergence", "drift", "regret", "distance", "aic", "bic",
        "size", "bytes", "memory", "mem", "cost", "fpr", "fnr", "mistakes", "failures", "misses",
    };

    private static readonly HashSet<string> Up = new(StringComparer.Ordinal)
    {
        "accuracy", "acc", "precision", "recall", "f1", "f2", "fbeta", "fscore", "auc", "auroc", "auprc", "rocauc", "prauc", "roc", "ap", "map", "score", "r2", "explained", "iou", "miou", "dice", "jaccard",
        "bleu", "rouge", "meteor", "kappa", "mcc", "ndcg", "mrr", "hit", "hits", "reward", "return", "throughput", "fps", "qps", "psnr", "ssim", "sensitivity", "specificity", "tpr", "tnr",
        "gain", "lift", "correlation", "corr", "pearson", "spearman", "silhouette", "purity", "nmi", "ari", "top1", "top5", "correct", "exactmatch", "em", "winrate",
    };

    // Neither good nor bad, whatever else the name says.
    private static readonly HashSet<string> Neutral = new(StringComparer.Ordinal) { "std", "stdev", "var", "support", "count", "weight", "threshold", "epoch", "step", "seed", "rate", "lr" };

    public MetricDirection Of(string name)
    {
        if (higher.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)))
            return MetricDirection.Up;
        if (lower.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)))
            return MetricDirection.Down;
        IReadOnlyList<string> words = Words(name);
        int from = name.LastIndexOfAny(['.', '/']) + 1;
        MetricDirection last = Judge(Words(name[from..]));
        return last != MetricDirection.Unknown || Words(name[from..]).Any(Neutral.Contains) ? last : Judge(words);
    }

    // A loss of accuracy is a loss; a negated loss, as scikit-learn's neg_mean_squared_error, should rise.
    private static MetricDirection Judge(IReadOnlyList<string> words)
    {
        bool down = words.Any(Down.Contains);
        if (down && words.Any(word => word is "neg" or "negative"))
            return MetricDirection.Up;
        if (down)
            return MetricDirection.Down;
        bool neutral = words.Any(Neutral.Contains);
        return !neutral && words.Any(Up.Contains) ? MetricDirection.Up : MetricDirection.Unknown;
    }

    private static List<string> Words(string name)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool starts = i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]);
            if (!char.IsLetterOrDigit(name[i]) || starts)
                End();
            if (char.IsLetterOrDigit(name[i]))
                word.Append(char.ToLowerInvariant(name[i]));
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0)
                words.Add(word.ToString());
            word.Clear();
        }
    }
}
