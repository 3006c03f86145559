using System.Globalization;
using System.Text;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Sections.Classification;

namespace CmlNet.Reports.Tests.Sections.Classification;

public sealed class ClassificationOracleTests
{
    private const int Cases = 60;

    private const string Script = """
        import sys, json
        from sklearn.metrics import confusion_matrix, precision_recall_fscore_support as prfs, accuracy_score
        out = []
        for line in sys.stdin:
            y, p = json.loads(line)
            labels = sorted(set(y) | set(p))
            m = {"labels": labels, "matrix": confusion_matrix(y, p, labels=labels).tolist(), "accuracy": accuracy_score(y, p)}
            P, R, F, S = prfs(y, p, labels=labels, zero_division=0)
            m["classes"] = [list(map(float, row)) for row in zip(P, R, F, S)]
            m["macro"] = [float(v) for v in prfs(y, p, labels=labels, average="macro", zero_division=0)[:3]]
            m["weighted"] = [float(v) for v in prfs(y, p, labels=labels, average="weighted", zero_division=0)[:3]]
            out.append(m)
        print(json.dumps(out))
        """;

    [SkippableFact]
    public void Scores_RandomPredictions_EqualScikitLearn()
    {
        Skip.If(ScikitLearn.Absent is not null, ScikitLearn.Absent);
        using var folder = new TemporaryFolder();
        var random = new Random(20_240_607);
        var input = new StringBuilder();
        var ours = new List<PredictionsArtifact>();
        for (int i = 0; i < Cases; i++)
        {
            (string[] actual, string[] predicted) = Draw(random, i);
            input.Append(CultureInfo.InvariantCulture, $"[[{Quote(actual)}],[{Quote(predicted)}]]\n");
            string csv = "y_true,y_pred\n" + string.Concat(actual.Zip(predicted, (a, p) => $"\"{a}\",\"{p}\"\n"));
            var file = new ArtifactFile { FullPath = folder.Write($"{i}.csv", csv), Path = "p.csv", IsNamed = true };
            ours.Add((PredictionsArtifact)new PredictionsReader().Read(file, CancellationToken.None));
        }

        DvcValue expected = JsonValueReader.Read(ScikitLearn.Run(Script, input.ToString()));
        for (int i = 0; i < Cases; i++)
            Compare(expected.Items[i], ours[i]);
    }

    private static void Compare(DvcValue expected, PredictionsArtifact predictions)
    {
        var matrix = new ConfusionMatrix(predictions);
        var scores = new ClassificationScores(matrix);
        Assert.Equal(expected.Find("labels")!.Items.Select(label => label.Text), predictions.Labels);
        int n = predictions.Labels.Count;
        for (int i = 0; i < n * n; i++)
            Assert.Equal(expected.Find("matrix")!.Items[i / n].Items[i % n].Integer, matrix[i / n, i % n]);
        Assert.Equal(expected.Find("accuracy")!.AsDouble, scores.Accuracy, 1e-12);
        for (int i = 0; i < n; i++)
        {
            ClassScore score = scores.Classes[i];
            Close(expected.Find("classes")!.Items[i], [score.Precision ?? 0, score.Recall ?? 0, score.F1 ?? 0, score.Support]);
        }

        Close(expected.Find("macro")!, [scores.Macro.Precision, scores.Macro.Recall, scores.Macro.F1]);
        Close(expected.Find("weighted")!, [scores.Weighted.Precision, scores.Weighted.Recall, scores.Weighted.F1]);
    }

    private static void Close(DvcValue expected, double[] actual)
    {
        for (int i = 0; i < actual.Length; i++)
            Assert.Equal(expected.Items[i].AsDouble, actual[i], 1e-12);
    }

    private static (string[] Actual, string[] Predicted) Draw(Random random, int round)
    {
        int classes = round % 10 == 0 ? 1 : random.Next(1, 40), rows = random.Next(1, 300);
        string[] actual = [.. Enumerable.Range(0, rows).Select(_ => Label(random.Next(classes)))];
        return (actual, [.. actual.Select(label => random.NextDouble() < 0.6 ? label : Label(random.Next(classes + 1)))]);
    }

    private static string Label(int code) => $"class {code * 7 % 41}, \u00e9";

    private static string Quote(string[] labels) => string.Join(',', labels.Select(label => $"\"{label}\""));
}
