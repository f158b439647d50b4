using Heliotrope.Core.Conversations;
using Heliotrope.Server.Merging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class MergingMapping : IEntityTypeConfiguration<MergedConversation>, IEntityTypeConfiguration<Entry>
{
    // Entries of what was merged stand in the order of time, not of their ids; a long conversation is read part by part.
    public void Configure(EntityTypeBuilder<Entry> builder) => builder.HasIndex(e => new { e.ConversationNumber, e.At, e.Id });

    public void Configure(EntityTypeBuilder<MergedConversation> builder)
    {
        builder.ToTable("MergedConversations").HasKey(m => m.Number);
        builder.Property(m => m.Number).ValueGeneratedNever();
        builder.HasOne<Conversation>().WithMany().HasForeignKey(m => m.LeadsTo).OnDelete(DeleteBehavior.Cascade);
    }
}
