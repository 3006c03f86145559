using CmlNet.Workflows.Actions.Artifacts;
using CmlNet.Workflows.Actions.Caching;
using CmlNet.Workflows.Actions.Checkout;
using CmlNet.Workflows.Actions.Remote;
using CmlNet.Workflows.Actions.Tools;
using CmlNet.Workflows.Execution;

namespace CmlNet.Workflows.Actions;

/// <summary>The built-in actions, one line each.</summary>
internal static class ActionServices
{
    public static ActionCatalog CreateCatalog(RunRequest request, string serverUrl) => new(
    new RemoteActions(request, serverUrl),
    [
        new CheckoutAction(),
        new SetupCmlAction(),
        new HeldJob(new UploadArtifactAction()),
        new HeldJob(new DownloadArtifactAction()),
        new CacheAction("actions/cache", restores: true, saves: true),
        new CacheAction("actions/cache/restore", restores: true, saves: false),
        new CacheAction("actions/cache/save", restores: false, saves: true),
        new SetupPythonAction(),
        new SetupDvcAction(),
    ]);
}
