using System.Globalization;
using System.Text.Json;
using CmlNet.Testing.Docker;

namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>prepare → featurize → train → evaluate with scikit-learn, each stage in a container, by the binary as a process.</summary>
public sealed class TrainingPipelineTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Repro_ChangedParameter_TrainsAnewAndIsComparedAndQueued()
    {
        string image = await DockerFixture.RequireAsync(TestImages.CmlPy3);
        Write(image);
        await DvcProcess.OkAsync(_folder, "repro");
        _folder.Commit("first");
        double first = Accuracy();
        Assert.InRange(first, 0.5, 1);
        _folder.Write("params.yaml", "split: {seed: 3, share: 0.4}\ntrain: {C: 0.001}\n");
        string again = await DvcProcess.OkAsync(_folder, "repro");
        Assert.Contains("Stage 'prepare' didn't change, skipping", again, StringComparison.Ordinal);
        Assert.Contains("Stage 'featurize' didn't change, skipping", again, StringComparison.Ordinal);
        Assert.Contains("Running stage 'train'", again, StringComparison.Ordinal);
        double second = Accuracy();
        Assert.NotEqual(first, second);
        using JsonDocument diff = JsonDocument.Parse(await DvcProcess.OkAsync(_folder, "metrics", "diff", "--json"));
        JsonElement accuracy = diff.RootElement.GetProperty("metrics.json").GetProperty("accuracy");
        Assert.Equal((first, second), (accuracy.GetProperty("old").GetDouble(), accuracy.GetProperty("new").GetDouble()));
        // What it was before is in the run cache: nothing is trained.
        _folder.Git("checkout", "-q", "params.yaml");
        Assert.DoesNotContain("Running stage", await DvcProcess.OkAsync(_folder, "repro"), StringComparison.Ordinal);
        Assert.Equal(first, Accuracy());

        await DvcProcess.OkAsync(_folder, "exp", "run", "--queue", "-n", "c", "-S", "train.C=choice(0.001,0.01,1,100)");
        await DvcProcess.OkAsync(_folder, "exp", "run", "--run-all", "-j", "2");
        string[] lines = (await DvcProcess.OkAsync(_folder, "exp", "show", "--csv", "--sort-by", "train.C")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Experiment,rev,typ,Created,parent,State,Executor,accuracy,split.seed,split.share,train.C", lines[0]);
        string[][] experiments = [.. lines.Skip(1).Select(line => line.Split(',')).Where(cells => cells[0].StartsWith("c-", StringComparison.Ordinal))];
        Assert.Equal(["0.001", "0.01", "1", "100"], experiments.Select(cells => cells[^1]));
        Assert.Equal(second.ToString("R", CultureInfo.InvariantCulture), experiments[0][7]);
        Assert.Equal(first.ToString("R", CultureInfo.InvariantCulture), experiments[2][7]);
    }

    private double Accuracy()
    {
        using JsonDocument metrics = JsonDocument.Parse(_folder.Read("metrics.json"));
        return metrics.RootElement.GetProperty("accuracy").GetDouble();
    }

    private void Write(string image)
    {
        _folder.Write("params.yaml", "split: {seed: 3, share: 0.4}\ntrain: {C: 1}\n");
        _folder.Write("prepare.py", """
            import json
            from sklearn.datasets import load_iris
            rows, labels = load_iris(return_X_y=True)
            json.dump({"rows": rows.tolist(), "labels": labels.tolist()}, open("data.json", "w"))
            """);
        _folder.Write("featurize.py", """
            import json, os, pickle
            from sklearn.preprocessing import StandardScaler
            data = json.load(open("data.json"))
            os.makedirs("features", exist_ok=True)
            pickle.dump((StandardScaler().fit_transform(data["rows"]), data["labels"]), open("features/all.pkl", "wb"))
            """);
        _folder.Write("train.py", """
            import pickle, sys
            from sklearn.linear_model import LogisticRegression
            from sklearn.model_selection import train_test_split
            rows, labels = pickle.load(open("features/all.pkl", "rb"))
            c, seed, share = float(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
            train, test, known, asked = train_test_split(rows, labels, test_size=share, random_state=seed)
            pickle.dump((LogisticRegression(C=c).fit(train, known), test, asked), open("model.pkl", "wb"))
            """);
        _folder.Write("evaluate.py", """
            import json, pickle
            model, test, asked = pickle.load(open("model.pkl", "rb"))
            json.dump({"accuracy": model.score(test, asked)}, open("metrics.json", "w"))
            """);
        string Stage(string name, string arguments, string rest) => $"  {name}:\n    cmd: python3 {name}.py{arguments}\n    meta: {{image: '{image}'}}\n{rest}";
        _folder.Write("dvc.yaml", "stages:\n"
            + Stage("prepare", "", "    deps: [prepare.py]\n    outs: [data.json]\n")
            + Stage("featurize", "", "    deps: [featurize.py, data.json]\n    outs: [features]\n")
            + Stage("train", " ${train.C} ${split.seed} ${split.share}", "    deps: [train.py, features]\n    params: [train, split]\n    outs: [model.pkl]\n")
            + Stage("evaluate", "", "    deps: [evaluate.py, model.pkl]\n    metrics:\n    - metrics.json: {cache: false}\n"));
    }
}
