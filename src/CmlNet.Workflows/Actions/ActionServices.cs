namespace CmlNet.Workflows.Actions;

/// <summary>The built-in actions, one line each.</summary>
internal static class ActionServices
{
    public static ActionCatalog CreateCatalog() => new(
    [
        new CheckoutAction(),
        new SetupCmlAction(),
    ]);
}
