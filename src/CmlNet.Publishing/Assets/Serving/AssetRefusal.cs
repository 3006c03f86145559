namespace CmlNet.Publishing.Assets.Serving;

/// <summary>Why an upload is not kept.</summary>
public enum AssetRefusal
{
    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>It is larger than one file may be.</summary>
    TooLarge,

    /// <summary>It is of a type that is not taken.</summary>
    WrongType,

    /// <summary>There is no room for more files.</summary>
    Full,
}
