namespace CmlNet.Publishing.Assets;

/// <summary>An image store that gives a file a new address each time it is stored, so that the comment has to tell where it is already.</summary>
internal interface IForgetfulStore
{
    /// <summary>What each of its addresses begins with; null where the same file has the same address.</summary>
    string? AddressStart { get; }
}
