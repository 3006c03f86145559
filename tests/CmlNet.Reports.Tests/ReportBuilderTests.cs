using CmlNet.Reports.Markdown;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Tests;

public sealed class ReportBuilderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Build_FolderOfResults_EqualsGolden()
    {
        Skip.IfNot(Reports.Charts.Drawing.SvgRasterizer.IsAvailable, Reports.Charts.Drawing.SvgRasterizer.InstallHint);
        _folder.Write("metrics.json", "{\"accuracy\": 0.66666667, \"loss\": {\"train\": NaN, \"val\": 1.5e-9}, \"n\": 6, \"|`$@x #1 <b>\\n\": true, \"list\": [1]}");
        _folder.Write("notes.yaml", "lr: 0.1\n");
        _folder.Write("predictions.csv", "id,y_true,y_pred\r\n1,cat,cat\r\n2,dog,cat\r\n3,cat,cat\r\n4,dog,dog\r\n5,,dog\r\n6,bird,dog\r\n");
        _folder.Write("history.csv", "epoch,loss,val_loss,note\n0,2,,a\n1,1.5,1.75,b\n2,nan,,c\n3,1.1,1.3,d\n");
        File.WriteAllBytes(Path.Combine(_folder.Path, "plot (1).png"), [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, .. "IEND"u8]);
        BuiltReport built = Build(new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path, Title = "Pets" });
        MarkdownReport report = new MarkdownWriter().Render(built.Model, new MarkdownTarget { OutputDirectory = _folder.Path, AssetsDirectory = Path.Combine(_folder.Path, "report_files") }, CancellationToken.None);
        GoldenFile.Check("tests/CmlNet.Reports.Tests/Golden/report.md", report.Text);
        Assert.Equal(8, report.Assets.Count);
        Assert.Equal(
            [
                "found history.csv (history), metrics.json (metrics), plot (1).png (images), predictions.csv (predictions)",
                "skipped notes.yaml (not a known kind)",
                "history.csv: column 'loss' holds 1 NaN in 4 values",
                "predictions.csv: 1 row with a missing or NaN label left out, the first on line 6",
            ],
            built.Messages.Select(message => message.Text));
        Assert.DoesNotContain(built.Messages, message => message.IsFailure);
    }

    [Fact]
    public void Build_NamedFileMissing_NamesAllOfThem()
    {
        ReportInputException error = Assert.Throws<ReportInputException>(() => Build(Request() with { Metrics = ["a.json"], Images = ["b.png"] }));
        Assert.Contains("--metrics a.json, --image b.png", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_FolderMissing_SaysSo() =>
        Assert.Contains("folder not found", Assert.Throws<ReportInputException>(() => Build(Request() with { Directory = Path.Combine(_folder.Path, "nowhere") })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("m.json", "{\"a\": 1,\n}", "m.json:2:1: not readable as JSON: expected a key in double quotes, found '}'")]
    [InlineData("m.json", "[1, 2]", "m.json: holds no metrics; expected numbers under names, such as {\"accuracy\": 0.93}")]
    [InlineData("m.csv", "step,loss\n1,2\n2,1\n", "m.csv: has 2 rows and no column with names (metric, name or key); pass a table of steps as --history (columns: step, loss)")]
    public void Build_BrokenMetrics_BecomeANoteAndAFailure(string name, string content, string expected)
    {
        _folder.Write(name, content);
        _folder.Write("good.json", "{\"ok\": 1}");
        BuiltReport built = Build(Request() with { Metrics = [name, "good.json"] });
        Assert.Equal([new ReportMessage(expected, IsFailure: true)], built.Messages);
        ReportSection section = Assert.Single(built.Model.Sections);
        Assert.Equal("Not read: " + expected, Assert.IsType<NoteBlock>(section.Blocks[0]).Text);
        Assert.Equal(["ok", "1"], Assert.IsType<TableBlock>(section.Blocks[1]).Rows[0]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "p.csv:1: no column 'truth'; name it with --actual. Columns: a, b")]
    [InlineData("truth,y_pred\n1,2,3\n", "p.csv:2: 3 fields where the header has 2 columns (truth, y_pred)")]
    [InlineData("truth,y_pred\nnan,1\n,0\n", "p.csv:2: every row (2) has a missing label in 'truth' or 'y_pred'")]
    [InlineData("truth,y_pred\n", "p.csv: has a header but no rows")]
    [InlineData("", "p.csv: the file is empty; expected a header row with column names")]
    [InlineData("truth,y_pred\ncat,\"dog\n", "p.csv:2: a quoted field is never closed; add the missing '\"'")]
    public void Build_BrokenPredictions_SaysWhatAndWhere(string content, string expected)
    {
        _folder.Write("p.csv", content);
        BuiltReport built = Build(Request() with { Predictions = "p.csv", ActualColumn = "truth" });
        Assert.Equal([new ReportMessage(expected, IsFailure: true)], built.Messages);
    }

    [Theory]
    [InlineData("h.csv", "loss,acc\n1,2\n", "h.csv:1: no step or epoch column. Columns: loss, acc; name one of them step or epoch")]
    [InlineData("h.csv", "epoch,loss\none,2\n", "h.csv:2: 'one' in column 'epoch' is not a number")]
    [InlineData("h.jsonl", "{\"step\": 1, \"loss\": 2}\n{\"step\": 2,\n", "h.jsonl:2:12: not readable as JSON: expected a key in double quotes, found the end of the file")]
    [InlineData("h.json", "3", "h.json: expected lists of numbers by name, or a list of records with a step or epoch")]
    public void Build_BrokenHistory_SaysWhatAndWhere(string name, string content, string expected)
    {
        _folder.Write(name, content);
        Assert.Equal([new ReportMessage(expected, IsFailure: true)], Build(Request() with { Histories = [name] }).Messages);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>\r\n")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'></svg><!-- made by hand -->\n")]
    public void Build_WholeSvg_IsShown(string content)
    {
        _folder.Write("whole.svg", content);
        Assert.Empty(Build(Request() with { Images = ["whole.svg"] }).Messages);
    }

    [Fact]
    public void Build_TerminalEscapesInAColumnName_AreSpelledOut()
    {
        _folder.Write("h.csv", "\"\u001b[31mred\n::error::x\",b\n1,2\n");
        Assert.Equal("h.csv:1: no step or epoch column. Columns: U+001B[31mredU+000A::error::x, b; name one of them step or epoch", Assert.Single(Build(Request() with { Histories = ["h.csv"] }).Messages).Text);
    }

    [Theory]
    [InlineData("cut.png", "\u0089PNG\r\n\u001a\n")]
    [InlineData("cut.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0")]
    [InlineData("cut.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/><text x='5")]
    [InlineData("cut.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/>")]
    public void Build_ImageThatWasCutOff_IsAFailure(string name, string content)
    {
        File.WriteAllBytes(Path.Combine(_folder.Path, name), System.Text.Encoding.Latin1.GetBytes(content));
        ReportMessage message = Assert.Single(Build(Request() with { Images = [name] }).Messages);
        Assert.Equal(new ReportMessage($"{name}: is not a whole image: its end is missing; write it again", IsFailure: true), message);
    }

    [Fact]
    public void Build_ImageThatIsNone_IsAFailure()
    {
        _folder.Write("i.png", "<html>404</html>");
        ReportMessage message = Assert.Single(Build(Request() with { Images = ["i.png"] }).Messages);
        Assert.Equal(new ReportMessage("i.png: is not an image: its content is not PNG, JPEG, GIF, WebP or SVG", IsFailure: true), message);
    }

    [Fact]
    public void Build_BrokenFileThatWasOnlyFound_IsNoFailure()
    {
        _folder.Write("metrics.json", "not json");
        ReportMessage message = Build(Request()).Messages[^1];
        Assert.StartsWith("metrics.json:1:1: not readable as JSON", message.Text, StringComparison.Ordinal);
        Assert.False(message.IsFailure);
    }

    /// <summary>Whatever a job leaves under a usual name may be a pipe that nobody writes to: opening one waits for ever.</summary>
    [SkippableFact]
    public async Task Build_PipesUnderUsualNames_AreNotWaitedFor()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only there the kind of a file is known before it is opened");
        string[] pipes = ["predictions.csv", "metrics.json", "uv.lock", "cml.yaml", "runs/events.out.tfevents.1.h", "mlruns/0/0123456789abcdef0123456789abcdef/params/lr", "before/kept.json"];
        _folder.Write("mlruns/0/0123456789abcdef0123456789abcdef/meta.yaml", "run_id: 0123456789abcdef0123456789abcdef\nstatus: 3\nstart_time: 1\nlifecycle_stage: active\n");
        _folder.Write("kept.json", "{\"accuracy\": 1}");
        _folder.Write("all_results.json", "{\"eval_loss\": 0.5}");
        foreach (string pipe in pipes)
        {
            string path = Path.Combine(_folder.Path, pipe);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // the path has a folder
            using var made = System.Diagnostics.Process.Start("mkfifo", [path]);
            await made.WaitForExitAsync();
            Assert.Equal(0, made.ExitCode);
        }

        var request = new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path, Predictions = "predictions.csv", Metrics = ["kept.json"], Baseline = new CmlNet.Reports.Baselines.BaselineRequest { Asked = "before", IsExplicit = true, Now = DateTimeOffset.UnixEpoch } };
        BuiltReport built = await Task.Run(() => new ReportBuilder().Build(request, CancellationToken.None)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Contains(built.Messages, message => message is { IsFailure: true, Text: "predictions.csv: a pipe or a device, which can be read only once; write it to a file first" });
        Assert.Contains(built.Messages, message => message.Text == "kept.json: a pipe or a device, which can be read only once; write it to a file first (in the baseline)");
        BuiltReport found = await Task.Run(() => new ReportBuilder().Build(new ReportRequest { Directory = _folder.Path, WorkingDirectory = _folder.Path }, CancellationToken.None)).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(0.5, Assert.Single(found.Facts.Metrics).New?.AsDouble);
        Assert.Throws<IOException>(() => CmlNet.Reports.Configuration.ReportConfiguration.Read(Path.Combine(_folder.Path, "cml.yaml"), "cml.yaml"));
    }

    [Fact]
    public void Build_LinkInTheFolder_IsNotFollowed()
    {
        string secret = _folder.Write("outside/secret.json", "{\"password\": 1}");
        _folder.Write("job/x.txt", "");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "job/metrics.json"), secret);
        BuiltReport built = Build(Request() with { Directory = Path.Combine(_folder.Path, "job") });
        Assert.Empty(built.Model.Sections);
        Assert.Contains(built.Messages, message => message.Text == "skipped metrics.json (a link)");
    }

    private ReportRequest Request() => new() { Directory = _folder.Path, WorkingDirectory = _folder.Path };

    private static BuiltReport Build(ReportRequest request) => new ReportBuilder().Build(request, CancellationToken.None);
}
