using Heliotrope.Core.Conversations;
using Heliotrope.Core.Customers;
using Heliotrope.Server.Undo;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Heliotrope.Server.Database;

internal sealed class UndoMapping : IEntityTypeConfiguration<UndoStep>, IEntityTypeConfiguration<UndoRow>
{
    public void Configure(EntityTypeBuilder<UndoStep> builder)
    {
        builder.ToTable("UndoSteps");
        builder.HasIndex(s => s.TokenHash).IsUnique();
        builder.HasIndex(s => s.At);
    }

    public void Configure(EntityTypeBuilder<UndoRow> builder)
    {
        builder.ToTable("UndoRows");
        builder.HasOne<UndoStep>().WithMany().HasForeignKey(r => r.StepId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Conversation>().WithMany().HasForeignKey(r => r.ConversationNumber).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Customer>().WithMany().HasForeignKey(r => r.CustomerId).OnDelete(DeleteBehavior.Cascade);
    }
}
