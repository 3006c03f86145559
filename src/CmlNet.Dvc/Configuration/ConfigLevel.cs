namespace CmlNet.Dvc.Configuration;

/// <summary>Where configuration is kept; a later level wins.</summary>
public enum ConfigLevel
{
    /// <summary>The machine.</summary>
    System,

    /// <summary>The user.</summary>
    Global,

    /// <summary><c>.dvc/config</c>, in git.</summary>
    Repository,

    /// <summary><c>.dvc/config.local</c>, not in git: the place for secrets.</summary>
    Local,
}
