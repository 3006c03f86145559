namespace CmlNet.Reports.Html.RunPage;

/// <summary>Finds the files that a run's comments show.</summary>
public interface IRunAssets
{
    /// <summary>The file a reference means, or null when it is none of this run's.</summary>
    /// <param name="reference">As written in the comment, hostile: a relative path or a <c>file:</c> address, perhaps anything else.</param>
    RunAsset? Find(string reference);
}
