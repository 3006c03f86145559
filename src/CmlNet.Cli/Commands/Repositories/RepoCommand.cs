using System.CommandLine;
using System.Globalization;
using CmlNet.Cli.Commands.PullRequests;
using CmlNet.Cli.Compatibility;
using CmlNet.Publishing;
using CmlNet.Publishing.PullRequests;

namespace CmlNet.Cli.Commands.Repositories;

/// <summary><c>cml repo prepare</c>, and <c>cml ci</c>: who commits, how pushes are authorised, and how much history there is. Prints nothing.</summary>
internal static class RepoCommand
{
    public static Command Build(CliHost host) => new("repo", "Manage the repository") { Complete(new Command("prepare", "Prepare the clone for commits and pushes"), host) };

    public static Command BuildShort(CliHost host) => Complete(new Command("ci", "Prepare the clone for commits and pushes"), host);

    private static Command Complete(Command command, CliHost host)
    {
        OptionGroup options = new OptionGroup("CML_REPO_", "CML_CI_")
            .Text("fetch-depth", "Commits to fetch of each branch; 0 for all (default: fetch nothing)")
            .Flag("unshallow", "Fetch all history", isHidden: true)
            .Text("user-email", "Email of the commits' author", GitIdentity.Default.Email)
            .Text("user-name", "Name of the commits' author", GitIdentity.Default.Name)
            .Flag("dry-run", "Print what would be run, and do nothing");
        return DropInCommand.Complete(command, options, host, static async (context, cancellationToken) =>
        {
            using PublishingServices services = context.OpenServices();
            await services.OpenRepositoryPreparer().PrepareAsync(IdentityOption.Read(context.Values), Depth(context.Values), context.Host.Environment, cancellationToken);
        });
    }

    private static int? Depth(OptionValues values)
    {
        if (values.Flag("unshallow"))
            return 0;
        if (values.Text("fetch-depth") is not { Length: > 0 } text)
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int depth)
            ? depth
            : throw new CliException(ExitCodes.Failure, $"--fetch-depth={text} is not a number of commits; 0 fetches all of them");
    }
}
