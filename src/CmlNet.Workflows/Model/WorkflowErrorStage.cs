namespace CmlNet.Workflows.Model;

/// <summary>Which check found an error; GitHub stops after a stage that found any, we go on as far as it makes sense.</summary>
internal enum WorkflowErrorStage
{
    /// <summary>The file is not YAML, or over a limit.</summary>
    Yaml,

    /// <summary>Keys, types and expressions.</summary>
    Schema,

    /// <summary>Ids, conditions, matrices: what the schema can't say.</summary>
    Meaning,

    /// <summary>How jobs need one another.</summary>
    Needs,

    /// <summary>What GitHub would only show by a job that does not do what was meant.</summary>
    Lint,
}
