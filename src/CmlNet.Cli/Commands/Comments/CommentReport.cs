using CmlNet.Cli.Compatibility;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Surfaces;

namespace CmlNet.Cli.Commands.Comments;

/// <summary>Options of the comment commands as a request.</summary>
internal static class CommentReport
{
    public static IReadOnlyCollection<ReportSurface> Surfaces(OptionValues values)
    {
        var surfaces = new HashSet<ReportSurface>();
        foreach (string name in (values.Text("to") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Enum.TryParse(name, ignoreCase: true, out ReportSurface surface) || !Enum.IsDefined(surface) || char.IsAsciiDigit(name[0]))
                throw new CliException(ExitCodes.Failure, $"--to: there is no '{name}'; known are: comment, summary, check, status, file");
            surfaces.Add(surface);
        }

        return surfaces.Count > 0 ? surfaces : throw new CliException(ExitCodes.Failure, "--to names no place; known are: comment, summary, check, status, file");
    }

    /// <summary>Each file's links start in its own directory; those of standard input in the working directory.</summary>
    public static async Task<IReadOnlyList<ReportSource>> ReadAsync(DropInContext context, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var sources = new List<ReportSource>();
        foreach (string file in files)
            sources.Add(new ReportSource(await context.ReadReportAsync(file, cancellationToken), Path.GetDirectoryName(context.FullPath(file)) ?? "/"));
        return sources;
    }

    public static ReportRequest Build(DropInContext context, IReadOnlyList<ReportSource> sources, string target, bool isUpdate)
    {
        OptionValues values = context.Values;
        return new ReportRequest
        {
            Sources = sources,
            Surfaces = Surfaces(values),
            OutputFile = values.Text("output") is { Length: > 0 } output ? context.FullPath(output) : null,
            BundleDirectory = values.Text("bundle") is { Length: > 0 } bundle ? context.FullPath(bundle) : null,
            AreAssetsPublished = values.Flag("publish"),
            StatusContext = values.Text("status-context") ?? "cml",
            IsCheckUpdated = isUpdate,
            Check = new CheckRun
            {
                HeadSha = values.Text("commit-sha") ?? "",
                Summary = "",
                Title = values.Text("check-title") ?? "CML Report",
                Status = values.Text("check-status") ?? "completed",
                Conclusion = values.Text("check-conclusion") ?? "success",
            },
            Comment = Comment(values, target) with
            {
                IsUpdate = isUpdate,
                IsRecreated = values.Flag("recreate"),
                IsAppended = values.Flag("append"),
                AreOldHidden = values.Flag("hide-outdated"),
            },
        };
    }

    /// <summary>As a bundle's report is posted: on its own commit, and further ones beside the first. Their titles come from who posts, for a stranger's could be another comment's.</summary>
    public static ReportRequest OfBundle(ReportRequest request, string sha, int number)
    {
        string Numbered(string title) => number == 1 ? title : FormattableString.Invariant($"{title} ({number})").TrimStart();
        return request with
        {
            BundleDirectory = null,
            StatusContext = Numbered(request.StatusContext),
            Check = request.Check with { HeadSha = sha, Title = Numbered(request.Check.Title) },
            Comment = request.Comment with { Sha = sha, WatermarkLabel = Numbered(request.Comment.WatermarkLabel) },
        };
    }

    public static CommentRequest Comment(OptionValues values, string target) => new()
    {
        Report = "",
        Target = target,
        WatermarkLabel = values.Text("watermark-title") ?? "",
        HasWatermark = !values.Flag("rm-watermark"),
        Sha = values.Text("commit-sha"),
    };
}
