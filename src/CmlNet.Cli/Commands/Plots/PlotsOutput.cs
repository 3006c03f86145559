using System.CommandLine;
using System.Text;
using CmlNet.Dvc.Project;
using CmlNet.Reports;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Plots.Definitions;

namespace CmlNet.Cli.Commands.Plots;

/// <summary>Where plots go: pictures in a folder, and a page with all of them when one is asked for on the command line or in the configuration.</summary>
internal sealed class PlotsOutput(CliHost host, string verb, ParseResult parsed, PlotsOptions options, DvcProject? project)
{
    public bool IsVega => parsed.GetValue(options.ShowVega);

    public bool IsJson => parsed.GetValue(options.Json);

    public bool IsSplit => parsed.GetValue(options.Split);

    private bool OpensAlways => project?.Config.Flag("plots", "auto_open") == true;

    /// <summary>Draws; false when a plot could not be drawn, which is said.</summary>
    public bool Write(IReadOnlyList<RevisionPlot> plots, CancellationToken cancellationToken)
    {
        string shown = parsed.GetValue(options.Output) ?? ConfiguredFolder() ?? "dvc_plots", folder = Path.GetFullPath(shown, host.WorkingDirectory);
        bool isPng = parsed.GetValue(options.Png), isGood = true;
        if (isPng && !SvgRasterizer.IsAvailable)
            throw new CliException(ExitCodes.Failure, $"{verb}: {SvgRasterizer.InstallHint}; or leave --png out");
        string? template = Template();
        if (plots.Count == 0)
            host.Error.WriteLine($"{verb}: no plots; declare them in dvc.yaml or name files");
        var written = new List<PlotPicture>();
        try
        {
            foreach (RevisionPlot plot in plots)
                isGood &= TryWrite(plot, shown, folder, isPng, written, cancellationToken);
            if (template is null || written.Count == 0)
                return isGood;
            string page = Path.Combine(folder, PlotsPage.FileName);
            WriteFile(page, Encoding.UTF8.GetBytes(PlotsPage.Fill(template, written)));
            return Show(new Uri(page)) && isGood;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DvcException)
        {
            throw new CliException(ExitCodes.Failure, $"{verb}: cannot write into {shown}: {e.Message}", e);
        }
    }

    private bool TryWrite(RevisionPlot plot, string shown, string folder, bool isPng, List<PlotPicture> written, CancellationToken cancellationToken)
    {
        try
        {
            foreach (PlotPicture picture in PlotPictures.Of(plot, isPng, cancellationToken))
            {
                WriteFile(Path.Combine(folder, picture.FileName), picture.Content.Span);
                string path = $"{shown.TrimEnd('/')}/{picture.FileName}";
                host.Out.WriteLine(parsed.GetValue(options.Markdown) ? picture.ToMarkdown(path) + "\n" : path);
                written.Add(picture);
            }

            return true;
        }
        catch (ReportInputException e)
        {
            host.Error.WriteLine($"{verb}: {new ReportMessage(e.Message).Text}");
            return false;
        }
    }

    // A repository may hold links where the pictures go.
    private void WriteFile(string path, ReadOnlySpan<byte> content)
    {
        new RepositoryBounds(host.WorkingDirectory).CheckWritten(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a file has a folder
        File.WriteAllBytes(path, content);
    }

    // The page goes to standard output as DVC has it, but not into Markdown.
    private bool Show(Uri page)
    {
        (parsed.GetValue(options.Markdown) ? host.Error : host.Out).WriteLine(page.AbsoluteUri);
        if (!parsed.GetValue(options.Open) && !OpensAlways)
            return true;
        if (WebBrowser.TryOpen(host, page))
            return true;
        host.Error.WriteLine($"{verb}: no browser could be started; open {page.AbsoluteUri} yourself, or name one in BROWSER");
        return false;
    }

    // Null when no page is wanted.
    private string? Template()
    {
        if (parsed.GetValue(options.HtmlTemplate) is { } named)
            return PlotsPage.ReadTemplate(Path.GetFullPath(named, host.WorkingDirectory), named, verb);
        string? configured = project?.Config.Get("plots", "html_template");
        return configured is not null || parsed.GetValue(options.Open) || OpensAlways ? PlotsPage.ReadTemplate(configured, configured, verb) : null;
    }

    // A repository is not to say that something is written elsewhere on the machine.
    private string? ConfiguredFolder()
    {
        if (project?.Config.Get("plots", "out_dir") is not { Length: > 0 } folder)
            return null;
        return RelativePath.IsWithin(Path.GetFullPath(folder, host.WorkingDirectory), project.Root) ? folder : throw new CliException(ExitCodes.Usage, $"{verb}: plots.out_dir is {folder}, which is not in the project; name a folder elsewhere with --out");
    }
}
