"""Softmax regression on Fisher's iris measurements, in the Python standard library alone.

Reads data/iris.csv, trains by mini-batch gradient descent and writes three files:
  metrics.json      accuracy, macro F1 and log loss on the held-out test rows
  predictions.csv   one line per test row: true species, predicted species, probabilities
  history.csv       one line per epoch: loss and accuracy on the training and validation rows
The same seed gives the same files.
"""

import argparse
import csv
import json
import math
import random

FEATURES = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
LABEL = "species"


def read_rows(path):
    """Rows as (id, features, label); the id is the line of the flower in the data set, from 1."""
    with open(path, newline="", encoding="utf-8") as file:
        return [
            (number, [float(row[name]) for name in FEATURES], row[LABEL])
            for number, row in enumerate(csv.DictReader(file), start=1)
        ]


def split(rows, seed, validation=0.15, test=0.3):
    """Training, validation and test rows with every species in the same proportion in each."""
    generator = random.Random(seed)
    parts = [], [], []
    for label in sorted({row[2] for row in rows}):
        group = [row for row in rows if row[2] == label]
        generator.shuffle(group)
        tests = round(len(group) * test)
        validations = round(len(group) * validation)
        parts[2].extend(group[:tests])
        parts[1].extend(group[tests : tests + validations])
        parts[0].extend(group[tests + validations :])
    return parts


def standardizer(rows):
    """Scales features to zero mean and unit variance, as measured on the training rows only."""
    columns = list(zip(*(row[1] for row in rows)))
    means = [sum(column) / len(column) for column in columns]
    deviations = [
        math.sqrt(sum((value - mean) ** 2 for value in column) / len(column)) or 1.0
        for column, mean in zip(columns, means)
    ]
    return lambda values: [(v - m) / d for v, m, d in zip(values, means, deviations)]


class Softmax:
    """A linear layer and a softmax; the last weight of each class is its bias."""

    def __init__(self, classes, features):
        self.classes = classes
        self.weights = [[0.0] * (features + 1) for _ in classes]

    def probabilities(self, values):
        scores = [
            sum(w * v for w, v in zip(row, values)) + row[-1] for row in self.weights
        ]
        top = max(scores)
        exponents = [math.exp(score - top) for score in scores]
        total = sum(exponents)
        return [exponent / total for exponent in exponents]

    def step(self, batch, rate, decay):
        """One gradient step on the mean cross-entropy of the batch with L2 weight decay."""
        gradients = [[0.0] * len(row) for row in self.weights]
        for values, label in batch:
            for index, probability in enumerate(self.probabilities(values)):
                error = probability - (self.classes[index] == label)
                for feature, value in enumerate(values):
                    gradients[index][feature] += error * value
                gradients[index][-1] += error
        for row, gradient in zip(self.weights, gradients):
            for feature in range(len(row)):
                penalty = decay * row[feature] if feature < len(row) - 1 else 0.0
                row[feature] -= rate * (gradient[feature] / len(batch) + penalty)

    def evaluate(self, examples):
        """Mean log loss (nats) and accuracy."""
        loss, right = 0.0, 0
        for values, label in examples:
            probabilities = self.probabilities(values)
            loss -= math.log(max(probabilities[self.classes.index(label)], 1e-15))
            right += self.classes[probabilities.index(max(probabilities))] == label
        return loss / len(examples), right / len(examples)


def macro_f1(pairs, classes):
    """Unweighted mean of the per-class F1 scores over (actual, predicted) pairs."""
    scores = []
    for label in classes:
        hits = sum(a == label and p == label for a, p in pairs)
        claimed = sum(p == label for _, p in pairs)
        present = sum(a == label for a, _ in pairs)
        scores.append(2 * hits / (claimed + present) if claimed + present else 0.0)
    return sum(scores) / len(scores)


def train(parts, classes, options):
    """Returns the model, the feature scaling and the history, one record per epoch."""
    scale = standardizer(parts[0])
    training, validation = (
        [(scale(values), label) for _, values, label in part] for part in parts[:2]
    )
    model = Softmax(classes, len(FEATURES))
    generator = random.Random(options.seed)
    history = []
    for epoch in range(1, options.epochs + 1):
        generator.shuffle(training)
        for start in range(0, len(training), options.batch):
            model.step(
                training[start : start + options.batch], options.rate, options.decay
            )
        train_loss, train_accuracy = model.evaluate(training)
        val_loss, val_accuracy = model.evaluate(validation)
        history.append((epoch, train_loss, val_loss, train_accuracy, val_accuracy))
    return model, scale, history


def write_csv(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="data/iris.csv")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=60)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0.1)
    parser.add_argument("--decay", type=float, default=0.001)
    options = parser.parse_args()

    rows = read_rows(options.data)
    classes = sorted({row[2] for row in rows})
    parts = split(rows, options.seed)
    model, scale, history = train(parts, classes, options)

    predictions, pairs = [], []
    for number, values, label in sorted(parts[2]):
        probabilities = model.probabilities(scale(values))
        predicted = classes[probabilities.index(max(probabilities))]
        pairs.append((label, predicted))
        predictions.append(
            [number, label, predicted] + [f"{p:.6f}" for p in probabilities]
        )
    loss, accuracy = model.evaluate([(scale(values), label) for _, values, label in parts[2]])

    metrics = {
        "accuracy": round(accuracy, 6),
        "macro_f1": round(macro_f1(pairs, classes), 6),
        "log_loss": round(loss, 6),
    }
    with open("metrics.json", "w", encoding="utf-8") as file:
        json.dump(metrics, file, indent=2)
        file.write("\n")
    write_csv(
        "predictions.csv",
        ["id", "actual", "predicted"] + [f"proba_{label}" for label in classes],
        predictions,
    )
    write_csv(
        "history.csv",
        ["epoch", "train_loss", "val_loss", "train_accuracy", "val_accuracy"],
        [[row[0]] + [f"{value:.6f}" for value in row[1:]] for row in history],
    )
    train_rows, val_rows, test_rows = (len(part) for part in parts)
    print(f"{train_rows} training, {val_rows} validation, {test_rows} test rows; {options.epochs} epochs")
    print(f"test accuracy {accuracy:.4f}, macro F1 {metrics['macro_f1']:.4f}, log loss {loss:.4f}")


if __name__ == "__main__":
    main()
