namespace Heliotrope.Core.Phrases;

/// <summary>One word of a passage.</summary>
/// <param name="Plain">As phrases are compared: lower case, straight apostrophes, <c>ä</c> as <c>ae</c> and <c>ß</c> as <c>ss</c>, no other accents. An address on the web or of mail is <see cref="Link"/>.</param>
/// <param name="At">Where it begins in the text, in UTF-16 units.</param>
/// <param name="Length">Its length there.</param>
/// <param name="Sentence">The number of its sentence, from 0.</param>
public readonly record struct Word(string Plain, int At, int Length, int Sentence)
{
    /// <summary>What stands for an address, so that no word in it is taken for one that somebody said.</summary>
    public const string Link = "<link>";

    /// <summary>Where it ends.</summary>
    public int End => At + Length;

    /// <summary>A number in digits.</summary>
    public bool IsNumber => char.IsAsciiDigit(Plain[0]) && Plain.All(char.IsAsciiDigit);
}

/// <summary>One sentence, or what stands for one: a line broken by hand, a heading, an item.</summary>
/// <param name="At">Where it begins in the text, in UTF-16 units.</param>
/// <param name="Length">Its length there, with the mark that ends it.</param>
/// <param name="First">Its first word.</param>
/// <param name="Words">How many words it has; at least one.</param>
public readonly record struct Sentence(int At, int Length, int First, int Words);
