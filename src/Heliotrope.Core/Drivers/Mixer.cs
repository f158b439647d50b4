namespace Heliotrope.Core.Drivers;

/// <summary>
/// A sequence of well mixed numbers that is always the same (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number
/// generators", 2014): the same rows give the same model.
/// </summary>
/// <param name="seed">Where it starts.</param>
internal struct Mixer(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next number from 0 up to, not including, 1.</summary>
    /// <returns>The number.</returns>
    public float Next() => (Mix(_state += 0x9E3779B97F4A7C15UL) >> 40) * (1f / (1 << 24));

    /// <summary>Puts items into another order.</summary>
    /// <param name="items">The items.</param>
    public void Shuffle(Span<int> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = Math.Min(i, (int)(Next() * (i + 1)));
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>Spreads what is in some bits over all of them.</summary>
    /// <param name="value">Any value.</param>
    /// <returns>One that belongs to it alone.</returns>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
