using CmlNet.Reports.Baselines;
using CmlNet.Reports.Configuration;

namespace CmlNet.Cli.Commands.Report;

/// <summary>What several commands read before they build a report: the configuration and the choice of baseline.</summary>
internal static class ReportInputs
{
    /// <summary>Where GitHub and Gitea, GitLab, and Bitbucket say what a pull request is to be merged into.</summary>
    private static readonly string[] TargetVariables = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "BITBUCKET_PR_DESTINATION_BRANCH"];

    /// <summary>The file named, else <c>cml.yaml</c> in the folder or the working directory; null when there is none.</summary>
    /// <exception cref="CliException">It does not exist, cannot be read, or is wrong.</exception>
    public static ReportConfiguration? Configuration(CliHost host, string command, string? named, string directory)
    {
        string? path = named is not null
            ? Path.GetFullPath(named, host.WorkingDirectory)
            : new[] { directory, host.WorkingDirectory }.Select(folder => Path.Combine(folder, ReportConfiguration.FileName)).FirstOrDefault(File.Exists);
        if (path is null)
            return null;
        try
        {
            return ReportConfiguration.Read(path, named ?? ReportConfiguration.FileName);
        }
        catch (ConfigException e)
        {
            throw new CliException(ExitCodes.Usage, e.Message, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Usage, $"{command}: cannot read {named ?? path}: {e.Message}", e);
        }
    }

    /// <summary>The option, else the configuration, else <c>auto</c>.</summary>
    public static BaselineRequest Baseline(CliHost host, string? option, ReportConfiguration? configuration)
    {
        string? asked = option ?? configuration?.Baseline;
        return new BaselineRequest
        {
            Asked = asked ?? "auto",
            IsExplicit = asked is not null,
            TargetBranch = TargetVariables.Select(host.Environment.GetValueOrDefault).FirstOrDefault(branch => !string.IsNullOrEmpty(branch)),
            Now = host.Time.GetUtcNow(),
        };
    }
}
