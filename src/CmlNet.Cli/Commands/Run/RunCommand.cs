using System.CommandLine;

namespace CmlNet.Cli.Commands.Run;

/// <summary><c>cml run</c>: a repository's workflows on this machine.</summary>
internal static class RunCommand
{
    public static Command Build(CliHost host)
    {
        var file = new Argument<string?>("workflow-file") { Arity = ArgumentArity.ZeroOrOne, Description = "Workflow to run; without it, those under .github/workflows that the event triggers." };
        file.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', _, ..] option }])
                result.AddError($"Unrecognized option '{option}'.");
        });
        var job = new Option<string?>("--job", "-j") { Description = "Only this job and those it needs.", HelpName = "ID" };
        var eventName = new Option<string?>("--event", "-e") { Description = "Event to run for: push, pull_request, workflow_dispatch, schedule, … (default: push where the workflow has it, else its first).", HelpName = "NAME" };
        var eventFile = new Option<string?>("--event-file") { Description = "JSON payload of the event instead of one made from the repository.", HelpName = "FILE" };
        var engine = new Option<string>("--engine") { Description = "auto, docker or process; auto falls back to processes on this machine when no engine answers.", DefaultValueFactory = _ => "auto", HelpName = "NAME" };
        engine.AcceptOnlyFromAmong("auto", "docker", "process");
        Option<string[]> images = Repeated("--image", "Image for a runs-on label.", "LABEL=IMAGE");
        Option<string[]> secrets = Repeated("--secret", "A secret; without a value it is taken from the environment.", "NAME[=VALUE]");
        var secretFile = new Option<string?>("--secret-file") { Description = "File of NAME=VALUE lines.", HelpName = "FILE" };
        Option<string[]> variables = Repeated("--var", "A value of the vars context.", "NAME=VALUE");
        Option<string[]> inputs = Repeated("--input", "An input of workflow_dispatch.", "NAME=VALUE");
        Option<string[]> environment = Repeated("--env", "A variable for every step, below the workflow's own.", "NAME=VALUE");
        Option<string[]> actions = Repeated("--action", "A local folder in place of an action of another repository.", "OWNER/REPO@REF=DIR");
        var gpus = new Option<string?>("--gpus") { Description = "all, a number, device=ID[,ID…], or none.", HelpName = "all|N|none" };
        var outDirectory = new Option<string?>("--out") { Description = "Run directory to write (default: .cml/runs/<id>).", HelpName = "DIR" };
        var bind = new Option<bool>("--bind") { Description = "Mount the work tree itself instead of a copy." };
        var publish = new Option<bool>("--publish") { Description = "Let publishing commands reach the real code host." };
        var plan = new Option<bool>("--plan") { Description = "Print jobs, steps, images and container specs; start nothing." };
        var json = new Option<bool>("--json") { Description = "One event per line (with --plan: the plan as JSON)." };

        var command = new Command("run", "Run the repository's workflows on this machine and write a report of the run.")
        {
            file, job, eventName, eventFile, engine, images, secrets, secretFile, variables, inputs, environment, actions, gpus, outDirectory, bind, publish, plan, json,
        };
        command.SetAction((parsed, cancellationToken) => new RunHandler(host).RunAsync(
            new RunOptions
            {
                WorkflowFile = parsed.GetValue(file),
                Job = parsed.GetValue(job),
                Event = parsed.GetValue(eventName),
                EventFile = parsed.GetValue(eventFile),
                Engine = parsed.GetValue(engine) ?? "auto",
                Images = parsed.GetValue(images) ?? [],
                Secrets = parsed.GetValue(secrets) ?? [],
                SecretFile = parsed.GetValue(secretFile),
                Variables = parsed.GetValue(variables) ?? [],
                Inputs = parsed.GetValue(inputs) ?? [],
                Environment = parsed.GetValue(environment) ?? [],
                Actions = parsed.GetValue(actions) ?? [],
                Gpus = parsed.GetValue(gpus),
                OutDirectory = parsed.GetValue(outDirectory),
                Bind = parsed.GetValue(bind),
                Publish = parsed.GetValue(publish),
                Plan = parsed.GetValue(plan),
                Json = parsed.GetValue(json),
            },
            cancellationToken));
        return command;
    }

    private static Option<string[]> Repeated(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = false };
}
