using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

#pragma warning disable CA5351 // MD5 is how DVC names content.
namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>A project of DVC 1, with the binary under the name <c>dvc</c>: a lock without a schema, data in the old layout with the old hash, templates in <c>.dvc/plots</c>, and the flags of then.</summary>
public sealed class OldProjectTests : IDisposable
{
    private const string Template = """
        {"$schema": "https://vega.github.io/schema/vega-lite/v4.json", "data": {"values": "<DVC_METRIC_DATA>"}, "title": "<DVC_METRIC_TITLE>", "mark": "MARK",
         "encoding": {"x": {"field": "<DVC_METRIC_X>", "title": "<DVC_METRIC_X_LABEL>"}, "y": {"field": "<DVC_METRIC_Y>", "title": "<DVC_METRIC_Y_LABEL>"}}}
        """;

    private readonly DvcFolder _folder = new();

    public OldProjectTests()
    {
        _folder.Write(".dvc/config", $"['remote \"store\"']\n    url = {_folder.Beside("store")}\n[core]\n    remote = store\n    analytics = false\n");
        _folder.Write(".dvc/plots/default.json", Template.Replace("MARK", "line", StringComparison.Ordinal));
        _folder.Write(".dvc/plots/confusion.json", Template.Replace("MARK", "rect", StringComparison.Ordinal));
        _folder.Write(".gitignore", "/raw.csv\n/clean.csv\n");
        _folder.Write("dvc.yaml", "stages:\n  process:\n    cmd: tr -d '\\r' < raw.csv | sed s/x/z/ > clean.csv\n    deps: [raw.csv]\n    outs: [clean.csv]\n  train:\n    cmd: sh train.sh\n    deps: [clean.csv, depth, train.sh]\n    metrics:\n    - metrics.json: {cache: false}\n    plots:\n    - loss.csv: {cache: false, x: epoch, y: loss}\n    - predictions.csv: {cache: false, template: confusion, x: actual, y: predicted}\n");
        _folder.Write("train.sh", "d=$(cat depth)\necho \"{\\\"accuracy\\\": 0.7$d, \\\"specificity\\\": 0.5}\" > metrics.json\nprintf 'epoch,loss\\n0,1\\n1,0.%s\\n' \"$d\" > loss.csv\nprintf 'actual,predicted\\na,a\\nb,a\\nb,b\\n' > predictions.csv\n");
        _folder.Write("depth", "3");
        _folder.Write("raw.csv", "x,y\r\n1,2\r\n");
        _folder.Write("clean.csv", "z,y\n1,2\n");
        _folder.Write("metrics.json", "{\"accuracy\": 0.73, \"specificity\": 0.5}\n");
        _folder.Write("loss.csv", "epoch,loss\n0,1\n1,0.3\n");
        _folder.Write("predictions.csv", "actual,predicted\na,a\nb,a\nb,b\n");
        _folder.Write("raw.csv.dvc", $"outs:\n- md5: {Old("raw.csv")}\n  path: raw.csv\n");
        _folder.Write("dvc.lock", $"process:\n  cmd: tr -d '\\r' < raw.csv | sed s/x/z/ > clean.csv\n  deps:\n{Items("raw.csv")}  outs:\n{Items("clean.csv")}train:\n  cmd: sh train.sh\n  deps:\n{Items("clean.csv", "depth", "train.sh")}  outs:\n{Items("loss.csv", "metrics.json", "predictions.csv")}");
        string hash = Old("raw.csv"), stored = Path.Combine(_folder.Beside("store"), hash[..2], hash[2..]);
        Directory.CreateDirectory(Path.GetDirectoryName(stored)!); // it has a folder
        File.Copy(_folder.PathOf("raw.csv"), stored);
        _folder.Commit("old");
        Directory.CreateDirectory(_folder.Beside("bin"));
        File.CreateSymbolicLink(Path.Combine(_folder.Beside("bin"), "dvc"), DvcProcess.Binary);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Dvc_WorkflowOfThen_RunsUnchanged()
    {
        Assert.Equal("Data and pipelines are up to date.\n", Sh("dvc status train"));
        File.Delete(_folder.PathOf("raw.csv"));
        File.Delete(_folder.PathOf("clean.csv"));
        Assert.Equal("A\traw.csv\n1 file added and 1 file fetched\n", Sh("dvc pull raw.csv --run-cache"));
        _folder.Write("depth", "9");
        string said = Sh("dvc repro");
        Assert.Contains("'raw.csv.dvc' didn't change, skipping\n", said, StringComparison.Ordinal);
        Assert.Contains("Running stage 'train':\n", said, StringComparison.Ordinal);
        Assert.StartsWith("schema: '2.0'\n", _folder.Read("dvc.lock"), StringComparison.Ordinal);
        Assert.Equal("| Path         | Metric   | main   | workspace   | Change   |\n|--------------|----------|--------|-------------|----------|\n| metrics.json | accuracy | 0.73   | 0.79        | 0.06     |\n\n", Sh("dvc metrics diff --show-md main"));

        JsonElement lines = Json("dvc plots diff --target loss.csv --show-vega main");
        Assert.Equal(["0.3", "0.9"], lines.GetProperty("data").GetProperty("values").EnumerateArray().Where(row => row.GetProperty("epoch").GetString() == "1").Select(row => row.GetProperty("loss").GetString()).Order());
        JsonElement old = Json("dvc plots diff -t default --target loss.csv --show-vega main");
        Assert.Equal(("line", "loss.csv", "loss"), (old.GetProperty("mark").GetString(), old.GetProperty("title").GetString(), old.GetProperty("encoding").GetProperty("y").GetProperty("field").GetString()));
        // A template of the project stands before the one of the same name that is built in.
        Assert.Equal("rect", Json("dvc plots diff --target predictions.csv --show-vega main").GetProperty("mark").GetString());
        Assert.Equal("1 file pushed\n", Sh("dvc push clean.csv"));
    }

    /// <summary>What has not changed keeps the old hash and layout; what has takes the new ones, and DVC 3 finds both.</summary>
    [Fact]
    public void Dvc_ChangedData_TakesTheNewForm()
    {
        Sh("dvc commit -f raw.csv.dvc");
        Assert.DoesNotContain("hash:", _folder.Read("raw.csv.dvc"), StringComparison.Ordinal);
        Assert.True(_folder.Exists($".dvc/cache/{Old("raw.csv")[..2]}/{Old("raw.csv")[2..]}"));
        _folder.Write("raw.csv", "x,y\r\n5,6\r\n");
        Sh("dvc add raw.csv");
        Assert.Contains("hash: md5", _folder.Read("raw.csv.dvc"), StringComparison.Ordinal);
        string md5 = Convert.ToHexStringLower(MD5.HashData(File.ReadAllBytes(_folder.PathOf("raw.csv"))));
        Assert.True(_folder.Exists($".dvc/cache/files/md5/{md5[..2]}/{md5[2..]}"));
    }

    // As DVC hashed text before 3.0: with the line ends of Unix.
    private string Old(string name) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(_folder.Read(name).Replace("\r\n", "\n", StringComparison.Ordinal))));

    private string Items(params string[] names) => string.Concat(names.Select(name => $"  - path: {name}\n    md5: {Old(name)}\n"));

    private JsonElement Json(string command) => JsonDocument.Parse(Sh(command)).RootElement;

    private string Sh(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = _folder.Root, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach ((string name, string value) in _folder.Environment)
            start.Environment[name] = value;
        start.Environment["PATH"] = $"{_folder.Beside("bin")}:{_folder.Environment["PATH"]}";
        using Process process = Process.Start(start)!; // only null when a process is reused
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{command}: {process.ExitCode}: {error.GetAwaiter().GetResult()}{output}");
        return output;
    }
}
