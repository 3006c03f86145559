namespace CmlNet.Publishing.CodeHosts;

/// <summary>A button on a check run's page; pressing it sends the App a <c>check_run.requested_action</c> event.</summary>
/// <param name="Label">What is on it; at most 20 characters.</param>
/// <param name="Description">What it is for; at most 40 characters.</param>
/// <param name="Identifier">What the event calls it; at most 20 characters.</param>
public sealed record CheckButton(string Label, string Description, string Identifier);
